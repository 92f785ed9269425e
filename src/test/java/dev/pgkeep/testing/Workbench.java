package dev.pgkeep.testing;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A working folder with a repository in it and a database, as the engine of pgkeep sees them. */
public final class Workbench {
    private final InProcessPgkeep program;
    private final Heard heard = new Heard();

    private Workbench(InProcessPgkeep program) {
        this.program = program;
    }

    /** As the superuser of the test's server. */
    public static Workbench of(Path folder, TestDatabase database) {
        return of(folder, database.url());
    }

    public static Workbench of(Path folder, String url) {
        return new Workbench(InProcessPgkeep.in(folder)
                .environment(PostgresClients.environment())
                .env("DATABASE_URL", url));
    }

    /** The same folder with client programs of one major version only. */
    public Workbench withClients(int major) {
        var clients = PostgresClients.version(major).orElseThrow().folder();
        return new Workbench(program.env("PGKEEP_CLIENT_TOOLS", clients.toString()));
    }

    /** The same with a repository at another place. */
    public Workbench withRepository(Path root) {
        return new Workbench(program.env("BACKUP_DIR", root.toString()));
    }

    public Pgkeep pgkeep() {
        return program.engine(heard);
    }

    public Target target() {
        return pgkeep().target();
    }

    /** Notes and warnings so far. */
    public List<String> said() {
        return Stream.concat(heard.notes.stream(), heard.warnings.stream()).toList();
    }

    public Manifest backup() {
        return backup(BackupRequest.of(Kind.MANUAL));
    }

    public Manifest backup(BackupRequest request) {
        var backup = pgkeep().backup();
        return backup.run(backup.plan(request, target()));
    }

    public static BackupRequest of(Format format, String compression) {
        return request(
                List.of(format),
                format == Format.CHUNKED ? Optional.empty() : Compression.of(compression),
                Manifest.Content.ALL,
                Filters.NONE);
    }

    public static BackupRequest of(Manifest.Content content) {
        return request(List.of(Format.CUSTOM), Optional.empty(), content, Filters.NONE);
    }

    public static BackupRequest of(Format format, Filters filters) {
        return request(List.of(format), Optional.empty(), Manifest.Content.ALL, filters);
    }

    public static BackupRequest request(
            List<Format> formats, Optional<Compression> compression, Manifest.Content content, Filters filters) {
        return new BackupRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                formats,
                compression,
                Optional.of(2),
                content,
                filters,
                true,
                false,
                false);
    }

    public StoredBackup stored(String name) {
        return pgkeep().repository().list().stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public RestoreSource source(Manifest manifest) {
        return RestoreSource.of(pgkeep().repository(), stored(manifest.name()));
    }

    /** Takes the database back in place. */
    public RestoreOutcome restore(Manifest manifest) {
        return restore(source(manifest), Wish.of(target()).request());
    }

    public RestoreOutcome restore(Manifest manifest, Wish wish) {
        return restore(source(manifest), wish.request());
    }

    public RestoreOutcome restore(Path file) {
        return restore(file, Wish.of(target()));
    }

    public RestoreOutcome restore(Path file, Wish wish) {
        return restore(RestoreSource.ofFile(file, Optional.empty()), wish.request());
    }

    RestoreOutcome restore(RestoreSource source, RestoreRequest request) {
        var restore = pgkeep().restore();
        return restore.run(restore.plan(source, request), "restore", PostLoadHook.NOTHING);
    }

    /** As {@code pgkeep verify --restore} does. */
    public VerifyResult prove(Manifest manifest) {
        return pgkeep().verify().run(stored(manifest.name()), Depth.RESTORE, Optional.of(target()), List.of());
    }

    public VerifyResult check(Manifest manifest) {
        return pgkeep().verify().run(stored(manifest.name()), Depth.FULL, Optional.empty(), List.of());
    }
}
