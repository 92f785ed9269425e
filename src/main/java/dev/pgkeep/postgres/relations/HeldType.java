package dev.pgkeep.postgres.relations;

import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type in which values of a column stay for a look at them. A value becomes one of a domain only with the domain's
 * checks, which run functions of whoever made them, so that it is held as the type below; as text, where a domain is
 * inside of another type.
 *
 * @param name as SQL spells it
 * @param text whether it is held as the text that the server prints for it, so that nothing compares it as a value
 */
public record HeldType(String name, boolean text) {
    /**
     * Looks at types.
     *
     * @param types as SQL spells them, with schemas; in what comes back, their order is the same
     */
    public static List<HeldType> of(Connection connection, List<String> types) {
        try (var statement = connection.prepareStatement(SqlResource.text(HeldType.class, "held-types"))) {
            statement.setArray(1, connection.createArrayOf("text", types.toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                List<HeldType> held = new ArrayList<>();
                while (row.next()) {
                    held.add(of(types.get(held.size()), row.getString(1)));
                }
                return held;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at types");
        }
    }

    private static HeldType of(String type, @Nullable String below) {
        if (below == null) {
            return new HeldType(type, false);
        }
        return below.isEmpty() ? new HeldType("text", true) : new HeldType(below, false);
    }
}
