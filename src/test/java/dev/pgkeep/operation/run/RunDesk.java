package dev.pgkeep.operation.run;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.BackupName;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.backup.Backup;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.BackupSettings;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.undo.KeptDatabaseExpiry;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Heard;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** A small database and a repository, and operations on them whose history fails when it is told to. */
final class RunDesk implements AutoCloseable {
    final TestDatabase database = PostgresServers.any().database("recorded");
    final Connector connector = new Connector();
    final Heard heard = new Heard();
    final Cancellation cancellation = new Cancellation();
    final Path folder;
    private final List<AutoCloseable> things = new ArrayList<>();
    boolean safetyFails;
    private FailingHistory history;

    RunDesk(Path folder) {
        this.folder = folder;
        this.history = new FailingHistory(repository().history(), write -> false);
        fill(database);
    }

    static void fill(TestDatabase database) {
        database.execute("create table things (id int primary key, what text);"
                + " insert into things select n, 'thing ' || n from generate_series(1, 5) n");
    }

    /** From now on; the writes are counted from here. */
    void failing(IntPredicate writes) {
        history = new FailingHistory(repository().history(), writes);
    }

    int writes() {
        return history.writes();
    }

    RunContext context() {
        return new RunContext(history, Clock.systemUTC(), heard, cancellation);
    }

    Repository repository() {
        return pgkeep().repository();
    }

    Target target() {
        return database.target();
    }

    /** Makes no backup, but gives it a name: what is tested is the record of it. */
    SafetyBackup safety() {
        return target -> {
            if (safetyFails) {
                throw new PgkeepException(ErrorCode.SERVER_LOST, "no backup today", "try tomorrow");
            }
            return "safety";
        };
    }

    /** Something to be closed in the end. */
    <T extends AutoCloseable> T closing(T thing) {
        things.add(thing);
        return thing;
    }

    Backup backup() {
        var settings = new BackupSettings(
                BackupName.TEMPLATE,
                Duration.ofSeconds(5),
                1,
                Duration.ofSeconds(1),
                Duration.ofDays(7),
                Optional.empty(),
                Optional.empty(),
                "test");
        return new Backup(connector, PostgresClients::tools, repository(), settings, context());
    }

    Restore restore() {
        return new Restore(connector, PostgresClients::tools, repository(), safety(), folder, context());
    }

    ScratchRestore scratch() {
        return new ScratchRestore(connector, PostgresClients.tools(), repository(), heard, cancellation);
    }

    Manifest manifest(String backup) {
        return repository().manifest(find(backup));
    }

    /** A backup of the database, whose own run nobody is interested in. */
    String backUp(Target target) {
        Backup backup = pgkeep().backup();
        return backup.run(backup.plan(BackupRequest.of(Kind.MANUAL), target)).name();
    }

    RestoreSource source(String backup) {
        return RestoreSource.of(repository(), find(backup));
    }

    private StoredBackup find(String backup) {
        return repository().list().stream()
                .filter(each -> each.name().equals(backup))
                .findFirst()
                .orElseThrow();
    }

    /** The newest run of that command. */
    Run last(String command) {
        return repository().history().runs().stream()
                .filter(run -> run.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    List<Run> runs(String command) {
        return repository().history().runs().stream()
                .filter(run -> run.command().equals(command))
                .toList();
    }

    /** What the database holds. */
    String things() {
        return database.ask("select string_agg(id || ' ' || what, ', ' order by id) from things");
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PostgresClients.environment());
        environment.put("DATABASE_URL", database.url());
        return environment;
    }

    Pgkeep pgkeep() {
        return Pgkeep.open(
                new Sources(environment(), folder, folder, Map.of(), Trust.everything()),
                Clock.systemUTC(),
                heard,
                cancellation);
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable thing : things) {
            thing.close();
        }
        new KeptDatabaseExpiry(connector, context())
                .list(target()).stream()
                        .filter(kept -> kept.note().database().equals(database.name()))
                        .forEach(kept ->
                                database.server().databaseToBe(kept.name()).close());
        database.close();
    }
}
