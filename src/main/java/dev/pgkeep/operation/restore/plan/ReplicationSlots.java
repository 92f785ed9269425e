package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Logical replication slots of a database: they follow one database, and go when that is dropped. */
public final class ReplicationSlots {
    private static final String NAMES =
            "select slot_name::text from pg_replication_slots where database = ? order by slot_name";

    private ReplicationSlots() {}

    /**
     * Finds the slots of a database that is replaced.
     *
     * @param keeping whether the database is kept, and its slots with it
     */
    public static Optional<Finding> find(Connection beside, String database, boolean keeping) {
        List<String> slots = names(beside, database);
        return slots.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.note(
                        (slots.size() == 1 ? "the replication slot " : "the replication slots ")
                                + String.join(", ", slots)
                                + (keeping
                                        ? (slots.size() == 1 ? " stays" : " stay") + " with the old database"
                                        : (slots.size() == 1 ? " goes" : " go") + " with the old database, and "
                                                + (slots.size() == 1 ? "is" : "are") + " lost"),
                        "whoever follows " + (slots.size() == 1 ? "it" : "them") + " must begin anew with " + database
                                + (keeping ? "" : "; --keep-old keeps the old database and what follows it")));
    }

    private static List<String> names(Connection beside, String database) {
        try {
            return CatalogNames.ask(beside, NAMES, database);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking for replication slots of " + database);
        }
    }
}
