package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rows go into tables of the same name; those that hold rows are refused unless they may be emptied. */
final class TableCheck {
    private final PreflightSubject subject;
    private final Connector connector;

    TableCheck(PreflightSubject subject, Connector connector) {
        this.subject = subject;
        this.connector = connector;
    }

    List<Finding> findings() {
        if (subject.existing().isEmpty()) {
            return List.of();
        }
        Target target = subject.request().target();
        try (Connection connection = connector.open(target, "pgkeep")) {
            return findings(new TableProbe(connection, wanted()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the tables of " + target.database());
        }
    }

    private Set<TableName> wanted() {
        Set<TableName> named = new TreeSet<>(subject.contents().rows().keySet());
        named.addAll(subject.contents().uncounted());
        named.removeIf(table -> table.schema().isEmpty());
        return named;
    }

    private List<Finding> findings(TableProbe probe) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        Set<TableName> missing = probe.missing();
        if (!missing.isEmpty()) {
            findings.add(Finding.blocking(
                    "the database has no tables " + missing, "create them first (migrations), or leave them out"));
        }
        Set<TableName> filled = subject.request().truncate() ? Set.of() : probe.filled();
        if (!filled.isEmpty()) {
            findings.add(Finding.blocking("these tables hold rows: " + filled, "empty them first with --truncate"));
        }
        return findings;
    }
}
