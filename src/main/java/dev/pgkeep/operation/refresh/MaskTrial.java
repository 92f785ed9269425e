package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.refresh.MaskQueries.Check;
import dev.pgkeep.operation.refresh.masking.ColumnShape;
import dev.pgkeep.operation.refresh.masking.Mask;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.refresh.masking.MaskSql;
import dev.pgkeep.operation.refresh.masking.MaskedTable;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks whether masked values can be stored, where there are no rows yet to find out with: whether their type takes
 * them, and whether they keep the conditions of their table.
 */
record MaskTrial(Connection connection, MaskPlan plan) {
    /** @throws PgkeepException MASKING_INVALID naming all that cannot */
    void run() throws SQLException {
        List<String> problems = new ArrayList<>();
        for (MaskedTable table : plan.tables()) {
            for (Map.Entry<ColumnShape, Mask> each : table.columns().entrySet()) {
                type(table.name(), each.getKey(), each.getValue()).ifPresent(problems::add);
            }
        }
        if (problems.isEmpty()) {
            for (Check check : new MaskQueries(connection).checks()) {
                condition(check).ifPresent(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.MASKING_INVALID,
                    problems.size() == 1
                            ? problems.getFirst()
                            : "masked values cannot be stored:\n  " + String.join("\n  ", problems),
                    "take another mask there; nothing was changed");
        }
    }

    private Optional<String> type(TableName table, ColumnShape column, Mask mask) {
        Optional<String> sample = MaskSql.sample(column, mask);
        try {
            if (sample.isPresent()) {
                ask("SELECT " + sample.get());
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(SqlErrors.translate(e, table + "." + column.name() + " (" + mask.word() + ")")
                    .getMessage());
        }
    }

    /**
     * The complaint about a condition that masked values break; before there are rows, only a condition that looks at
     * nothing but masked columns can be tried.
     */
    private Optional<String> condition(Check check) throws SQLException {
        List<String> samples = new ArrayList<>();
        for (String column : check.columns()) {
            Optional<String> sample = plan.tables().stream()
                    .filter(table -> table.name().equals(check.table()))
                    .flatMap(table -> table.columns().entrySet().stream())
                    .filter(each -> each.getKey().name().equals(column))
                    .flatMap(each -> MaskSql.sample(each.getKey(), each.getValue()).stream())
                    .findFirst();
            if (sample.isEmpty()) {
                return Optional.empty();
            }
            samples.add(sample.get() + " AS " + Sql.identifier(column));
        }
        boolean broken = "f"
                .equals(ask(
                        "SELECT " + check.condition() + " FROM (SELECT " + String.join(", ", samples) + ") AS sample"));
        return broken
                ? Optional.of("masked values of " + check.table() + "." + String.join(", ", check.columns())
                        + " break the condition " + check.name())
                : Optional.empty();
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }
}
