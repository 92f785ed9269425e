package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.refresh.MaskQueries.Obstacle;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.operation.refresh.masking.MaskSql;
import dev.pgkeep.operation.refresh.masking.MaskedTable;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Masks a database that nobody else knows yet. Triggers and rules do not run meanwhile, and foreign keys of masked
 * columns are made anew, which proves that they still hold. An update leaves the old rows in the files of a table: they
 * are written anew without them, and so are materialised views, which are copies.
 */
final class Masking {
    private static final List<String> QUIET =
            List.of("SET default_transaction_read_only = off", "SET row_security = off");

    private final Connector connector;
    private final MaskRules rules;
    private final MaskingKey key;
    private final Progress progress;
    private final Cancellation cancellation;
    /** The current work, for the message of an error. */
    private String doing = "masking";

    Masking(Connector connector, MaskRules rules, MaskingKey key, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.rules = rules;
        this.key = key;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Tries the rules on a database that has the definitions but no rows.
     *
     * @throws PgkeepException MASKING_INVALID, MASKING_INCOMPLETE
     */
    MaskPlan rehearse(Target empty) {
        try (Connection connection = connector.open(empty, "pgkeep")) {
            MaskPlan plan = MaskPlan.of(rules, new MaskQueries(connection).shape());
            run(connection, plan);
            new MaskTrial(connection, plan).run();
            return plan;
        } catch (SQLException e) {
            cancellation.check();
            PgkeepException told =
                    SqlErrors.translate(e, "trying the masking rules on the definitions alone, " + doing);
            throw told.code() == ErrorCode.SQL_FAILED
                    ? new PgkeepException(
                            ErrorCode.MASKING_INVALID, told.getMessage(), "correct the rule; nothing was changed", e)
                    : told;
        }
    }

    /**
     * Masks every row.
     *
     * @throws PgkeepException MASKING_FAILED when the values do not allow it; nothing may be done with the database
     *     then
     */
    MaskPlan run(Target fresh) {
        try (Connection connection = connector.open(fresh, "pgkeep")) {
            MaskQueries queries = new MaskQueries(connection);
            MaskPlan plan = MaskPlan.of(rules, queries.shape());
            refuseLargeObjects(queries.largeObjects());
            run(connection, plan);
            rewrite(connection, plan);
            copies(connection, queries.copies());
            samples(connection);
            return plan;
        } catch (SQLException e) {
            cancellation.check();
            PgkeepException told = SqlErrors.translateUnseen(e, doing);
            boolean values = told.code() == ErrorCode.SQL_FAILED;
            throw new PgkeepException(
                    values ? ErrorCode.MASKING_FAILED : told.code(),
                    told.getMessage(),
                    values ? "correct the rules of that table and run it again" : told.hint());
        }
    }

    private void run(Connection connection, MaskPlan plan) throws SQLException {
        for (String each : QUIET) {
            execute(connection, each);
        }
        // Rules may call the application's functions by their bare names.
        ApplicationPath.use(connection);
        set(connection, "pgkeep.mask_inner", key.inner());
        set(connection, "pgkeep.mask_outer", key.outer());
        for (String each : MaskSql.functions()) {
            execute(connection, each);
        }
        Set<TableName> names = plan.tables().stream().map(MaskedTable::name).collect(Collectors.toSet());
        List<Obstacle> obstacles = new MaskQueries(connection)
                .obstacles().stream()
                        .filter(each -> names.contains(each.table()))
                        .toList();
        for (var each : plan.foreignKeys()) {
            execute(connection, MaskSql.drop(each));
        }
        for (Obstacle each : obstacles) {
            if (each.away() != null) {
                execute(connection, each.away());
            }
        }
        update(connection, plan.tables());
        doing = "putting triggers and foreign keys back after masking";
        for (Obstacle each : obstacles) {
            execute(connection, each.back());
        }
        for (var each : plan.foreignKeys()) {
            for (String statement : MaskSql.create(each)) {
                execute(connection, statement);
            }
        }
    }

    private void update(Connection connection, List<MaskedTable> tables) throws SQLException {
        int number = 0;
        for (MaskedTable table : tables) {
            number++;
            doing = "masking " + table.name();
            progress.step("Masking " + table.name() + " ("
                    + Sizes.count(table.columns().size(), "column") + "), " + number + " of " + tables.size());
            execute(connection, MaskSql.update(table));
        }
    }

    /**
     * Rewrites the masked tables without their old rows, which would stay readable in the files; and with statistics of
     * the new ones.
     */
    private void rewrite(Connection connection, MaskPlan plan) throws SQLException {
        for (MaskedTable table : plan.tables()) {
            progress.step("Writing " + table.name() + " anew, without the old values");
            doing = "writing " + table.name() + " anew";
            execute(connection, "VACUUM (FULL, ANALYZE) " + MaskSql.identifier(table.name()));
        }
    }

    /** Samples of values, which the server may have taken by itself before they were masked. */
    private void samples(Connection connection) throws SQLException {
        doing = "writing the planner's statistics anew";
        execute(connection, "VACUUM (FULL) pg_catalog.pg_statistic, pg_catalog.pg_statistic_ext_data");
    }

    private void copies(Connection connection, List<TableName> views) throws SQLException {
        for (TableName view : views) {
            progress.step("Making " + view + " anew");
            doing = "making " + view + " anew";
            execute(connection, "REFRESH MATERIALIZED VIEW " + MaskSql.identifier(view));
            execute(connection, "ANALYZE " + MaskSql.identifier(view));
        }
    }

    /** Refuses large objects under strict rules, or warns of them: they have no columns that a rule could name. */
    private void refuseLargeObjects(long count) {
        if (count == 0) {
            return;
        }
        if (rules.strict()) {
            throw new PgkeepException(
                    ErrorCode.MASKING_INCOMPLETE,
                    "the backup holds " + Sizes.count(count, "large object") + ", which no rule can mask",
                    "leave --strict out to take them over as they are");
        }
        progress.warn(Sizes.count(count, "large object") + " cannot be masked, and are there as they were");
    }

    private void execute(Connection connection, String sql) throws SQLException {
        cancellation.check();
        try (Statement statement = connection.createStatement();
                var registration = cancellation.onCancel(() -> cancel(statement))) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.set_config(?, ?, false)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // It has ended by itself.
        }
    }
}
