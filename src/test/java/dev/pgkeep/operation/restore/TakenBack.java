package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/**
 * A database that is taken back to its backup by a delta, and held against what it was by means of its own: pg_dump's
 * text of the schema, a hash over all rows, values of sequences, and what no dump tells of constraints and triggers.
 *
 * @param user the superuser, or the role that the database belongs to
 */
record TakenBack(TestDatabase database, InProcessPgkeep program, String user) implements AutoCloseable {
    private static final String CATALOG = """
            SELECT concat_ws(' ', 'constraint', conrelid::regclass, contypid::regtype, conname, contype, convalidated,
                             pg_get_constraintdef(oid), obj_description(oid, 'pg_constraint'))
            FROM pg_constraint
            UNION ALL
            SELECT concat_ws(' ', 'trigger', t.tgrelid::regclass, CASE WHEN t.tgisinternal THEN '' ELSE t.tgname END,
                             t.tgfoid::regproc, t.tgtype, t.tgenabled, c.conname)
            FROM pg_trigger t LEFT JOIN pg_constraint c ON c.oid = t.tgconstraint
            UNION ALL
            SELECT concat_ws(' ', relkind, oid::regclass, relispopulated, relpersistence)
            FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace AND relkind IN ('r', 'p', 'm', 'v', 'S')
            UNION ALL
            SELECT concat_ws(' ', 'index', indexrelid::regclass, indisvalid, indisready) FROM pg_index
            WHERE indrelid >= 16384 AND indrelid::regclass::text NOT LIKE 'pg_toast.%'
            ORDER BY 1""";

    /** Everything of a database that a restore has to bring back. */
    record Whole(State state, List<String> catalog) {
        void assertSameAs(Whole before) {
            state.assertSameAs(before.state);
            assertThat(catalog).isEqualTo(before.catalog);
        }
    }

    static TakenBack of(TestDatabase database, Path folder) {
        return as(database.url(), database, folder);
    }

    /** @param url as whom pgkeep connects */
    static TakenBack as(String url, TestDatabase database, Path folder) {
        return new TakenBack(
                database,
                InProcessPgkeep.on(database, folder)
                        .env("DATABASE_URL", url)
                        .env("BACKUP_DIR", folder.resolve("backups").toString()),
                url);
    }

    Whole whole() {
        return new Whole(State.of(database), database.column(CATALOG));
    }

    Finished run(String... words) {
        Finished finished = program.run(words);
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished;
    }

    Finished fails(int status, String... words) {
        return Bench.failed(status, program.run(words));
    }

    /** Makes a backup, and returns its name. */
    String backup() {
        return run("backup", "-o", "name").stdout().strip();
    }

    /** Runs statements, one on each line, each by itself: some cannot be together with others. */
    void change(String statements) {
        for (String statement : statements.split(";\n")) {
            database.execute(statement);
        }
    }

    /** Changes the database, takes it back to its only backup, and wants everything to be as it was. */
    Finished goesBackFrom(String change) {
        Whole before = whole();
        String backup = backup();
        change(change);
        return back(backup, before);
    }

    Finished back(String backup, Whole before) {
        Finished finished = run("restore", backup, "--delta", "--yes", "--no-safety-backup");
        whole().assertSameAs(before);
        return finished;
    }

    /** Changes the database, and wants a delta to be refused for a reason, with nothing changed. */
    void refuses(String why, String change) {
        String backup = backup();
        change(change);
        Whole now = whole();
        Finished finished = program.run("restore", backup, "--delta", "--yes", "--no-safety-backup");
        assertThat(finished.status()).as(finished.output()).isNotZero();
        assertThat(finished.stderr()).contains("not possible to replace only what differs", why);
        whole().assertSameAs(now);
    }

    @Override
    public void close() {
        database.close();
    }
}
