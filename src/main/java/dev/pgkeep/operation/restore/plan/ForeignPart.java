package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.DumpContents;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds that a dump of others, which does not say so, holds only a part of a database: no rows, no tables, none of a
 * schema that holds rows in the target, or few of the tables that do. One that is merely older than a table is no part;
 * what would be gone is told all the same.
 */
final class ForeignPart {
    private static final int SHOWN = 5;

    private final PreflightSubject subject;
    private final Connector connector;

    ForeignPart(PreflightSubject subject, Connector connector) {
        this.subject = subject;
        this.connector = connector;
    }

    List<Finding> findings() {
        if (subject.contents().foreign().isEmpty() || subject.filled().isEmpty()) {
            return List.of();
        }
        DumpContents dump = subject.contents().foreign().get();
        if (dump.makesNothing() && !rowsOf(dump).isEmpty()) {
            return List.of(Finding.blocking(
                    "the dump holds rows, and not the tables that they belong to",
                    "put them into the tables that are there: add --data-only --truncate"));
        }
        return judge(dump, filled());
    }

    /**
     * Judges a dump by what is in the target.
     *
     * @param filled tables that hold rows there, partitions as the table that they are of
     */
    List<Finding> judge(DumpContents dump, Set<TableName> filled) {
        if (filled.isEmpty()) {
            return List.of();
        }
        if (rowsOf(dump).stream().allMatch(table -> MigrationHistory.isHistory(table.name()))) {
            return List.of(part("the schema without rows"));
        }
        Set<TableName> missing = new TreeSet<>(filled);
        missing.removeIf(table -> holds(dump, table::equals) || holds(dump, new TableName("", table.name())::equals));
        if (missing.isEmpty()) {
            return List.of();
        }
        Set<String> schemas = missing.stream().map(TableName::schema).collect(Collectors.toCollection(TreeSet::new));
        schemas.removeIf(schema -> holds(dump, table -> table.schema().equals(schema)));
        boolean few = 2 * missing.size() >= filled.size();
        if (schemas.isEmpty() && !few) {
            return List.of(Finding.note(
                    "not in the dump, and gone afterwards: " + Sizes.count(missing.size(), "table") + " with rows: "
                            + shown(missing),
                    ""));
        }
        return List.of(part(
                "without " + shown(missing) + ", which " + (missing.size() == 1 ? "holds" : "hold") + " rows here"));
    }

    private Finding part(String what) {
        return ContentChecks.part(subject, what);
    }

    private static Set<TableName> rowsOf(DumpContents dump) {
        Set<TableName> tables = new TreeSet<>(dump.uncounted());
        dump.expected().forEach((table, rows) -> {
            if (rows > 0) {
                tables.add(table);
            }
        });
        return tables;
    }

    /** Whether a table that the dump makes is such a one; its schema may be left to the search path. */
    private static boolean holds(DumpContents dump, Predicate<TableName> wanted) {
        return dump.created().stream().anyMatch(wanted);
    }

    private static String shown(Set<TableName> tables) {
        String some = tables.stream().limit(SHOWN).map(TableName::toString).collect(Collectors.joining(", "));
        return some + (tables.size() > SHOWN ? " and " + (tables.size() - SHOWN) + " more" : "");
    }

    private Set<TableName> filled() {
        Target target = subject.request().target();
        List<TableInfo> own = subject.existing().orElseThrow().tables().stream()
                .filter(table -> table.kind().storesRows() && table.extension().isEmpty())
                .toList();
        // Where it may not look, the role believes the statistics.
        Predicate<TableInfo> seen = table -> table.readable() && !table.rowsHidden();
        Set<TableName> readable =
                own.stream().filter(seen).map(TableInfo::name).collect(Collectors.toCollection(TreeSet::new));
        try (Connection connection = connector.open(target, "pgkeep")) {
            Set<TableName> filled = new TableProbe(connection, readable).filled();
            return own.stream()
                    .filter(table -> filled.contains(table.name()) || !seen.test(table) && table.estimatedRows() != 0)
                    .map(table -> table.partitionOf().orElse(table.name()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the tables of " + target.database());
        }
    }
}
