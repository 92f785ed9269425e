package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.OthersCode;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.SQLException;

/**
 * A condition that somebody wrote, as a temporary view of the rows that it is true for: what the server made of it is
 * looked at before it runs, and is what runs.
 */
final class Condition {
    private final RowSession session;
    private final Seed seed;
    private final String view;

    private Condition(RowSession session, Seed seed, int number) {
        this.session = session;
        this.seed = seed;
        this.view = "pgkeep_condition_" + number;
    }

    /**
     * Has the server read it.
     *
     * @throws PgkeepException USAGE and SQL_FAILED when it is none; REFUSED when it would run code of others
     */
    static Condition read(RowSession session, Seed seed, int number) {
        Condition condition = new Condition(session, seed, number);
        Relation relation = seed.relation();
        String alias = Sql.identifier(relation.name().name());
        String text = Predicate.checked(seed.condition(), seed.origin());
        condition.asWritten(() -> session.execute(
                "CREATE TEMPORARY VIEW " + condition.view + " AS SELECT " + alias + ".tableoid AS part, "
                        + alias + ".ctid AS tid, " + alias + ".xmin AS ver FROM " + relation.from() + " AS " + alias
                        + " WHERE (" + text + ")",
                seed.origin()));
        OthersCode.refuse(session.connection(), "pg_temp." + condition.view, text, seed.origin());
        return condition;
    }

    /**
     * Runs the condition.
     *
     * @param places the temporary table for the places of the rows
     * @param lock how they are locked; they are {@code v}
     * @return how many rows it found
     */
    long fill(String places, String lock) {
        long[] found = {0};
        asWritten(() -> found[0] = session.execute(
                "INSERT INTO " + places
                        + " (part, tid, ver, round, via) SELECT v.part, v.tid, v.ver, 0, -1 FROM pg_temp." + view
                        + " AS v" + lock + " ON CONFLICT DO NOTHING",
                seed.origin()));
        return found[0];
    }

    /**
     * Drops the view once the transaction that ran it is over, so that nobody has to wait for it who changes the table.
     */
    void forget() {
        session.execute("DROP VIEW pg_temp." + view, "forgetting a condition");
    }

    private void asWritten(Runnable statement) {
        try (var lent = ApplicationPath.afterTheSystem(session.connection())) {
            statement.run();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, seed.origin());
        } catch (PgkeepException e) {
            throw e.code() == ErrorCode.SQL_FAILED
                    ? new PgkeepException(
                            ErrorCode.SQL_FAILED,
                            e.getMessage(),
                            "it stands after SELECT … FROM " + seed.relation().shown() + " WHERE; try it in psql",
                            e)
                    : e;
        }
    }
}
