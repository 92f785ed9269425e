package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.admin.Subscriptions;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseSession;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what may keep the names of two databases from being swapped, before an hour is spent on loading one. */
public final class SwapPreflight {
    private final ServerInfo server;
    private final ExistingDatabase existing;
    private final boolean mayStandBeside;

    public SwapPreflight(ServerInfo server, ExistingDatabase existing, boolean mayStandBeside) {
        this.server = server;
        this.existing = existing;
        this.mayStandBeside = mayStandBeside;
    }

    /**
     * Looks before a backup is restored beside the database.
     *
     * @param keeping whether the old database is kept
     */
    List<Finding> forRestore(Connection connection, String database, boolean keeping) {
        List<Finding> findings = new ArrayList<>(examine(connection, database, keeping));
        if (keeping) {
            kept(new KeptDatabases(connection).of(database)).ifPresent(findings::add);
        }
        if (existing.isWorthKeeping()) {
            findings.add(Finding.note(
                    "what is written to " + database + " from now on stays in the old database"
                            + (keeping ? "" : ": then that is kept for a day instead of dropped"),
                    "stop the application's writers if that matters"));
        }
        return findings;
    }

    /** Looks before the old database is swapped back. */
    public List<Finding> forUndo(Connection connection, String database) {
        List<Finding> findings = new ArrayList<>(examine(connection, database, true));
        findings.add(Finding.note(
                "what was written to " + database + " since the swap stays in the database that is replaced now", ""));
        return findings;
    }

    private List<Finding> examine(Connection connection, String database, boolean keeping) {
        try {
            return Stream.of(
                            rights(database).stream(),
                            sessions(connection, database).stream(),
                            PreparedTransactions.find(connection, database, "being renamed").stream(),
                            ReplicationSlots.find(connection, database, keeping).stream(),
                            (keeping
                                            ? subscriptions(Subscriptions.of(connection, database))
                                            : Optional.<Finding>empty())
                                    .stream())
                    .flatMap(found -> found)
                    .toList();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at what uses " + database);
        }
    }

    private List<Finding> rights(String database) {
        List<Finding> findings = new ArrayList<>();
        if (!server.createDatabases()) {
            findings.add(Finding.blocking(
                    "the role " + server.role() + " may not create and rename databases",
                    "ALTER ROLE " + server.role() + " CREATEDB, or leave --keep-old out"));
        }
        if (!existing.ownedByUs()) {
            findings.add(Finding.blocking(
                    database + " belongs to " + existing.properties().owner() + ", so " + server.role()
                            + " may not rename it",
                    "connect as " + existing.properties().owner() + ", or leave --keep-old out"));
        }
        if (!mayStandBeside) {
            findings.add(Finding.blocking(
                    "the role " + server.role() + " may connect neither to postgres nor to template1, from where "
                            + database + " would be renamed",
                    "GRANT CONNECT ON DATABASE postgres TO " + server.role() + ", or leave --keep-old out"));
        }
        return findings;
    }

    private Optional<Finding> sessions(Connection connection, String database) throws SQLException {
        List<String> stay = new Catalog(connection)
                .sessions(oid(connection, database)).stream()
                        .filter(each -> !each.mayEnd())
                        .map(DatabaseSession::describe)
                        .limit(5)
                        .toList();
        return stay.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.blocking(
                        "the role " + server.role() + " may not end these connections to " + database + ": "
                                + String.join(", ", stay),
                        "close them, or GRANT pg_signal_backend TO " + server.role()
                                + " (only a superuser can end those of superusers)"));
    }

    private static Optional<Finding> subscriptions(List<String> subscriptions) {
        return subscriptions.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        "the subscriptions " + String.join(", ", subscriptions) + " stay with the old database",
                        "it cannot be dropped before DROP SUBSCRIPTION was run in it"));
    }

    private static Optional<Finding> kept(List<KeptDatabase> kept) {
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        "kept already: "
                                + kept.stream()
                                        .map(each -> each.name()
                                                + (each.bytes() < 0 ? "" : " (" + Sizes.text(each.bytes()) + ")"))
                                        .collect(Collectors.joining(", ")),
                        "pgkeep undo --discard drops what is not needed any more"));
    }

    private static long oid(Connection connection, String database) throws SQLException {
        List<String> found =
                CatalogNames.ask(connection, "select oid::text from pg_database where datname = ?", database);
        return found.isEmpty() ? 0 : Long.parseLong(found.getFirst());
    }
}
