package dev.pgkeep.operation.run;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.backup.Backup;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.Heard;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** A small database and a repository, and operations on them whose history fails when it is told to. */
final class RunDesk implements AutoCloseable {
    final TestDatabase database = PostgresServers.any().database("recorded");
    final Connector connector = new Connector();
    final Heard heard = new Heard();
    final Cancellation cancellation = new Cancellation();
    private final Path folder;
    private FailingHistory history;

    RunDesk(Path folder) {
        this.folder = folder;
        this.history = new FailingHistory(repository(), write -> false);
        database.execute("create table things (id int primary key, what text);"
                + " insert into things select n, 'thing ' || n from generate_series(1, 5) n");
    }

    /** From now on; the writes are counted from here. */
    void failing(IntPredicate writes) {
        history = new FailingHistory(repository(), writes);
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
        return target -> "safety";
    }

    /** A backup of the database, whose own run nobody is interested in. */
    String backUp(Target target) {
        Backup backup = pgkeep().backup();
        return backup.run(backup.plan(BackupRequest.of(Kind.MANUAL), target)).name();
    }

    RestoreSource source(String backup) {
        return repository().list().stream()
                .filter(each -> each.name().equals(backup))
                .map(each -> RestoreSource.of(repository(), each))
                .findFirst()
                .orElseThrow();
    }

    /** The newest run of that command. */
    Run last(String command) {
        return repository().runs().stream()
                .filter(run -> run.command().equals(command))
                .findFirst()
                .orElseThrow();
    }

    List<Run> runs(String command) {
        return repository().runs().stream()
                .filter(run -> run.command().equals(command))
                .toList();
    }

    /** What the database holds. */
    String things() {
        return database.ask("select string_agg(id || ' ' || what, ', ' order by id) from things");
    }

    Pgkeep pgkeep() {
        Map<String, String> environment = new HashMap<>(PostgresClients.environment());
        environment.put("DATABASE_URL", database.url());
        return Pgkeep.open(
                new Sources(environment, folder, folder, Map.of(), Trust.everything()),
                Clock.systemUTC(),
                heard,
                cancellation);
    }

    @Override
    public void close() {
        database.close();
    }
}
