package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;

/** The role that {@code target_session_attrs} asks of a server. */
enum SessionRole {
    ANY("any"),
    READ_WRITE("read-write"),
    READ_ONLY("read-only"),
    PRIMARY("primary"),
    STANDBY("standby"),
    PREFER_STANDBY("prefer-standby");

    private final String text;

    SessionRole(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static SessionRole of(Target target) {
        String wanted = target.parameters().getOrDefault("target_session_attrs", "any");
        for (SessionRole role : values()) {
            if (role.text.equals(wanted)) {
                return role;
            }
        }
        throw InvalidConnection.of(
                "target_session_attrs has an unknown value",
                "use any, read-write, read-only, primary, standby or prefer-standby");
    }

    boolean fits(Connection connection) throws SQLException {
        return switch (this) {
            case ANY -> true;
            case READ_WRITE -> !truth(connection, "SELECT current_setting('transaction_read_only') = 'on'");
            case READ_ONLY -> truth(connection, "SELECT current_setting('transaction_read_only') = 'on'");
            case PRIMARY -> !truth(connection, "SELECT pg_catalog.pg_is_in_recovery()");
            case STANDBY, PREFER_STANDBY -> truth(connection, "SELECT pg_catalog.pg_is_in_recovery()");
        };
    }

    private static boolean truth(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
