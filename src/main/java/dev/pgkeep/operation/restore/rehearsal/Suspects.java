package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Whether a backup has anything that a server may refuse to the role, so that a rehearsal of it is worth its time. */
final class Suspects {
    /** The kinds of entries that a role may not make which is no superuser. */
    private static final Set<String> ADMINISTRATORS = Set.of(
            "EXTENSION",
            "EVENT TRIGGER",
            "PUBLICATION",
            "PUBLICATION TABLES IN SCHEMA",
            "SUBSCRIPTION",
            "PROCEDURAL LANGUAGE",
            "FUNCTION",
            "PROCEDURE",
            "AGGREGATE",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "CAST",
            "TRANSFORM",
            "FOREIGN DATA WRAPPER",
            "ACCESS METHOD",
            "SHELL TYPE",
            "TEXT SEARCH PARSER",
            "TEXT SEARCH TEMPLATE");

    private static final String NEEDED = "plpgsql";

    private Suspects() {}

    static boolean any(RestorePlan plan, Connector connector) {
        List<Entry> entries =
                plan.contents().listing().map(listing -> listing.entries()).orElse(List.of());
        if (!plan.server().superuser()) {
            return entries.stream().anyMatch(entry -> ADMINISTRATORS.contains(entry.type()) && !isGiven(entry));
        }
        List<String> extensions = entries.stream()
                .filter(entry -> entry.type().equals("EXTENSION") && !isGiven(entry))
                .map(Entry::name)
                .toList();
        if (extensions.isEmpty()) {
            return false;
        }
        try (Connection beside = TargetServer.open(connector, plan.target())) {
            // Those that the server itself was configured with may insist on one database, by its name.
            String preloaded = preloaded(beside);
            return extensions.stream().anyMatch(preloaded::contains);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for shared_preload_libraries");
        }
    }

    private static boolean isGiven(Entry entry) {
        return entry.name().equals(NEEDED);
    }

    private static String preloaded(Connection beside) throws SQLException {
        return String.join(
                "", CatalogNames.ask(beside, "SELECT pg_catalog.current_setting(?)", "shared_preload_libraries"));
    }
}
