package dev.pgkeep.operation.restore.load;

import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.catalog.SettingList;
import dev.pgkeep.postgres.catalog.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings that sessions of a database, and of the role that a script acts as, begin with: as they were before the
 * script ran.
 */
final class SettingsBefore {
    private static final String SETTINGS = """
            SELECT coalesce(r.rolname, '') AS role, s.setdatabase <> 0 AS here,
                   pg_catalog.split_part(c, '=', 1) AS name, pg_catalog.substr(c, pg_catalog.strpos(c, '=') + 1) AS value
            FROM pg_catalog.pg_db_role_setting s
            CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c
            LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
            LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
            WHERE (d.datname = ? OR s.setdatabase = 0 AND r.rolname = ?) AND r.rolname IS DISTINCT FROM ?""";

    /** The query for facts that a script may change; those of which the value can be put back are first. */
    private static final String FACTS = """
            SELECT 'limit', datconnlimit::text FROM pg_catalog.pg_database WHERE datname = ?
            UNION ALL SELECT 'role limit', rolconnlimit::text FROM pg_catalog.pg_roles WHERE rolname = ?
            UNION ALL SELECT 'the rights on the database', datacl::text FROM pg_catalog.pg_database WHERE datname = ?
            UNION ALL SELECT 'how long the password of the role is valid', rolvaliduntil::text
                FROM pg_catalog.pg_roles WHERE rolname = ?""";

    private static final String PASSWORD = """
            SELECT 'the password of the role', pg_catalog.md5(rolpassword) FROM pg_catalog.pg_authid WHERE rolname = ?""";

    /**
     * The place where a setting is made.
     *
     * @param role empty for all
     * @param here whether for this database only
     */
    private record Place(String role, boolean here, String parameter) {}

    private final String database;
    private final String role;
    private final String login;
    private final Map<Place, String> settings;
    private final Map<String, String> facts;

    private SettingsBefore(Connection keeper, String database, String role, String login) throws SQLException {
        this.database = database;
        this.role = role;
        this.login = login;
        this.settings = settings(keeper);
        this.facts = facts(keeper);
    }

    /** @param login whose own settings are gone with it */
    static SettingsBefore of(Connection keeper, String database, String role, String login) throws SQLException {
        return new SettingsBefore(keeper, database, role, login);
    }

    /**
     * Puts back what the script changed or took away.
     *
     * @param notes receives a line for each, also for what is not put back
     */
    void putBack(Connection keeper, Collection<String> notes) throws SQLException {
        Map<Place, String> now = settings(keeper);
        var places = new LinkedHashMap<>(settings);
        places.putAll(now);
        for (Place place : places.keySet()) {
            String old = settings.get(place);
            if (!Objects.equals(old, now.get(place))) {
                execute(keeper, statement(place, old));
                notes.add("it set " + place.parameter() + " for " + whom(place) + ", which was taken back");
            }
        }
        Map<String, String> factsNow = facts(keeper);
        for (String fact : new TreeSet<>(facts.keySet())) {
            if (!Objects.equals(facts.get(fact), factsNow.get(fact))) {
                notes.add(putBack(keeper, fact));
            }
        }
    }

    private String putBack(Connection keeper, String fact) throws SQLException {
        String limit = " CONNECTION LIMIT " + facts.get(fact);
        return switch (fact) {
            case "limit" -> {
                execute(keeper, "ALTER DATABASE " + Sql.identifier(database) + limit);
                yield "it changed the connection limit of the database, which was taken back";
            }
            case "role limit" -> {
                execute(keeper, "ALTER ROLE " + Sql.identifier(role) + limit);
                yield "it changed the connection limit of " + role + ", which was taken back";
            }
            default ->
                "it changed " + fact + " (" + (fact.endsWith("database") ? database : role)
                        + "), which was not taken back";
        };
    }

    private String statement(Place place, @Nullable String old) {
        String there = Sql.identifier(database);
        String subject = place.role().isEmpty()
                ? "DATABASE " + there
                : "ROLE " + Sql.identifier(place.role()) + (place.here() ? " IN DATABASE " + there : "");
        // Parameters of extensions have a point in their names.
        String parameter = Sql.identifier(place.parameter()).replace(".", "\".\"");
        return "ALTER " + subject
                + (old == null
                        ? " RESET " + parameter
                        : " SET " + parameter + " TO " + SettingList.sql(place.parameter(), old));
    }

    private static String whom(Place place) {
        return place.role().isEmpty()
                ? "the database"
                : "the role " + place.role() + (place.here() ? " in the database" : "");
    }

    private Map<Place, String> settings(Connection keeper) throws SQLException {
        Map<Place, String> found = new LinkedHashMap<>();
        try (PreparedStatement statement = keeper.prepareStatement(SETTINGS)) {
            statement.setString(1, database);
            statement.setString(2, role);
            statement.setString(3, login);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(new Place(row.getString(1), row.getBoolean(2), row.getString(3)), row.getString(4));
                }
            }
        }
        return found;
    }

    private Map<String, String> facts(Connection keeper) throws SQLException {
        Map<String, String> found = new LinkedHashMap<>();
        ask(keeper, FACTS, found, database, role, database, role);
        boolean visible = !CatalogNames.ask(
                        keeper,
                        "SELECT 1::text WHERE pg_catalog.has_table_privilege(?, 'SELECT')",
                        "pg_catalog.pg_authid")
                .isEmpty();
        if (visible) {
            ask(keeper, PASSWORD, found, role);
        }
        return found;
    }

    private static void ask(Connection keeper, String sql, Map<String, String> found, String... parameters)
            throws SQLException {
        try (PreparedStatement statement = keeper.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String value = row.getString(2);
                    found.put(row.getString(1), value == null ? "" : value);
                }
            }
        }
    }

    private static void execute(Connection keeper, String sql) throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
