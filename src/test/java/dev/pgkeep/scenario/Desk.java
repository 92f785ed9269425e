package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.retention.DeletePlan;
import dev.pgkeep.operation.verify.Depth;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database, a folder with a repository of chunked backups, and the engine of pgkeep on both, in this process. */
record Desk(TestDatabase database, Path folder, Clock clock) {
    Desk on(Path otherFolder) {
        return new Desk(database, otherFolder, clock);
    }

    Pgkeep pgkeep() {
        return InProcessPgkeep.in(folder)
                .environment(PostgresClients.environment())
                .env("DATABASE_URL", database.url())
                .at(clock)
                .engine();
    }

    Repository repository() {
        return pgkeep().repository();
    }

    Manifest backup() {
        var request = new BackupRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(Format.CHUNKED),
                Optional.empty(),
                Optional.of(2),
                Content.ALL,
                Filters.NONE,
                true,
                false,
                false);
        var backup = pgkeep().backup();
        return backup.run(backup.plan(request, pgkeep().target()));
    }

    List<StoredBackup> backups() {
        return repository().list();
    }

    List<String> names() {
        return backups().stream().map(StoredBackup::name).toList();
    }

    StoredBackup find(String name) {
        return backups().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As {@code pgkeep delete} removes them, which says so in the history before. */
    void remove(List<StoredBackup> backups) {
        if (!backups.isEmpty()) {
            pgkeep().delete().run(new DeletePlan(backups));
        }
    }

    VerifyResult verify(String name, Depth depth) {
        return pgkeep().verify().run(find(name), depth, Optional.of(pgkeep().target()), List.of());
    }

    /** Every backup that is listed is whole, read byte by byte. */
    void everythingIsGood() {
        for (StoredBackup each : backups()) {
            assertThat(each.problem()).as(each.name()).isEmpty();
            VerifyResult verdict = verify(each.name(), Depth.FULL);
            assertThat(verdict.state())
                    .as(each.name() + ": " + verdict.problem())
                    .isEqualTo(VerifyResult.State.CHECKED);
        }
    }

    /** As {@code pgkeep prune} does when there is nothing to remove; returns the bytes that came back. */
    long cleanAndSweep() {
        repository().cleanUp();
        var swept = repository().chunks().sweep(false, new Cancellation());
        assertThat(swept.reason()).isEmpty();
        assertThat(repository().chunks().sweep(true, new Cancellation()).bytes())
                .isZero();
        return swept.bytes();
    }

    RestoreOutcome restore(String name, TestDatabase into, boolean skipDamaged) {
        var restore = pgkeep().restore();
        var request = RestoreRequest.whole(into.target()).with(RestoreOption.SKIP_DAMAGED, skipDamaged);
        return restore.run(
                restore.plan(RestoreSource.of(repository(), find(name)), request), "restore", PostLoadHook.NOTHING);
    }

    /** Restores beside, and says what is in it then. */
    Map<String, TableContent> restored(String name) {
        try (var copy = database.server().databaseToBe(database.server().uniqueName("restored"))) {
            restore(name, copy, false);
            return content(copy);
        }
    }

    Map<String, TableContent> content() {
        return content(database);
    }

    static Map<String, TableContent> content(TestDatabase database) {
        try (var connection = database.connect()) {
            return ContentHash.of(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    Path root() {
        return repository().root();
    }

    /** Bytes of all packs and indexes, and of whatever else lies among them. */
    long chunkBytes() {
        return bytes("packs") + bytes("index");
    }

    private long bytes(String below) {
        return files(below).stream().mapToLong(file -> file.toFile().length()).sum();
    }

    /** What is written under a name of its own until it is whole. */
    List<Path> temporaryFiles() {
        return files("").stream()
                .filter(file -> file.toString().endsWith(".tmp"))
                .toList();
    }

    List<Path> files(String below) {
        Path start = root().resolve(below);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (var tree = Files.walk(start)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
