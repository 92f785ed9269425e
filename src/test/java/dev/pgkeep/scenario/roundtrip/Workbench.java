package dev.pgkeep.scenario.roundtrip;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A working folder with a repository in it and a database, as the engine of pgkeep sees them. */
final class Workbench {
    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> said = new ArrayList<>();

    Workbench(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** As the superuser of the test's server. */
    static Workbench of(Path folder, TestDatabase database) {
        return of(folder, database.url());
    }

    static Workbench of(Path folder, String url) {
        Map<String, String> environment = new HashMap<>(PostgresClients.environment());
        environment.put("DATABASE_URL", url);
        return new Workbench(folder, environment);
    }

    /** The same folder with client programs of one major version only. */
    Workbench withClients(int major) {
        Map<String, String> other = new HashMap<>(environment);
        other.put(
                "PGKEEP_CLIENT_TOOLS",
                PostgresClients.version(major).orElseThrow().folder().toString());
        return new Workbench(folder, other);
    }

    /** The same with a repository at another place. */
    Workbench withRepository(Path root) {
        Map<String, String> other = new HashMap<>(environment);
        other.put("BACKUP_DIR", root.toString());
        return new Workbench(folder, other);
    }

    Pgkeep pgkeep() {
        Progress progress = new Progress() {
            @Override
            public void step(String what) {}

            @Override
            public void advance(Amount amount) {}

            @Override
            public void note(String line) {
                said.add(line);
            }

            @Override
            public void warn(String line) {
                said.add(line);
            }
        };
        Sources sources = new Sources(environment, folder, folder, Map.of(), Trust.everything());
        return Pgkeep.open(sources, Clock.systemUTC(), progress, new Cancellation());
    }

    Target target() {
        return pgkeep().target();
    }

    /** Notes and warnings so far. */
    List<String> said() {
        return said;
    }

    Manifest backup() {
        return backup(BackupRequest.of(Kind.MANUAL));
    }

    Manifest backup(BackupRequest request) {
        var backup = pgkeep().backup();
        return backup.run(backup.plan(request, target()));
    }

    static BackupRequest of(Format format, String compression) {
        return request(
                List.of(format),
                format == Format.CHUNKED ? Optional.empty() : Compression.of(compression),
                Manifest.Content.ALL,
                Filters.NONE);
    }

    static BackupRequest of(Manifest.Content content) {
        return request(List.of(Format.CUSTOM), Optional.empty(), content, Filters.NONE);
    }

    static BackupRequest of(Format format, Filters filters) {
        return request(List.of(format), Optional.empty(), Manifest.Content.ALL, filters);
    }

    static BackupRequest request(
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

    StoredBackup stored(String name) {
        return pgkeep().repository().list().stream()
                .filter(backup -> backup.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    RestoreSource source(Manifest manifest) {
        return RestoreSource.of(pgkeep().repository(), stored(manifest.name()));
    }

    /** Takes the database back in place. */
    RestoreOutcome restore(Manifest manifest) {
        return restore(source(manifest), Wish.of(target()).request());
    }

    RestoreOutcome restore(Manifest manifest, Wish wish) {
        return restore(source(manifest), wish.request());
    }

    RestoreOutcome restore(Path file) {
        return restore(file, Wish.of(target()));
    }

    RestoreOutcome restore(Path file, Wish wish) {
        return restore(RestoreSource.ofFile(file, Optional.empty()), wish.request());
    }

    RestoreOutcome restore(RestoreSource source, RestoreRequest request) {
        var restore = pgkeep().restore();
        return restore.run(restore.plan(source, request), "restore", PostLoadHook.NOTHING);
    }

    /** As {@code pgkeep verify --restore} does. */
    VerifyResult prove(Manifest manifest) {
        return pgkeep().verify().run(stored(manifest.name()), Depth.RESTORE, Optional.of(target()), List.of());
    }

    VerifyResult check(Manifest manifest) {
        return pgkeep().verify().run(stored(manifest.name()), Depth.FULL, Optional.empty(), List.of());
    }
}
