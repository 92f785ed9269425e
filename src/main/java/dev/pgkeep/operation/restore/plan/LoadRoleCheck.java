package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds what somebody else's dump may do on the server, and whether a chosen role keeps it from that. */
final class LoadRoleCheck {
    /**
     * The question whether a role may run programs: before 16, whoever may create roles may make himself a member of
     * those that do.
     */
    private static final String ROLE = """
            SELECT EXISTS (
                     SELECT FROM pg_catalog.pg_roles o
                     WHERE (o.rolsuper OR o.rolname IN ('pg_execute_server_program', 'pg_read_server_files',
                                                        'pg_write_server_files')
                            OR o.rolcreaterole AND pg_catalog.current_setting('server_version_num')::int < 160000)
                       AND pg_catalog.pg_has_role(r.oid, o.oid, 'MEMBER')),
                   coalesce((SELECT pg_catalog.pg_has_role(r.oid, d.datdba, 'USAGE')
                             FROM pg_catalog.pg_database d WHERE d.datname = ?), true)
            FROM pg_catalog.pg_roles r WHERE r.rolname = ?""";

    private final PreflightSubject subject;
    private final Connection beside;

    LoadRoleCheck(PreflightSubject subject, Connection beside) {
        this.subject = subject;
        this.beside = beside;
    }

    List<Finding> findings() {
        Optional<String> role = subject.request().as();
        ServerInfo server = subject.server();
        if (role.isEmpty()) {
            return server.superuser() && subject.source().manifest().isEmpty() ? List.of(foreign()) : List.of();
        }
        if (!server.superuser()) {
            return List.of(Finding.blocking(
                    "--as is for superusers, and " + server.role() + " is none",
                    "leave --as out, or connect as " + role.get() + " itself"));
        }
        return examine(role.get());
    }

    private Finding foreign() {
        return Finding.note(
                subject.source().name() + " was not made by this pgkeep, and what is in it runs as the superuser "
                        + subject.server().role()
                        + ": it may run programs on the database server, read and write"
                        + " its files, and change every database and role there",
                "if you do not know who made it, restore it with the rights of an ordinary role: --as ROLE");
    }

    private List<Finding> examine(String role) {
        String database = subject.database();
        try (PreparedStatement statement = beside.prepareStatement(ROLE)) {
            statement.setString(1, database);
            statement.setString(2, role);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return List.of(Finding.blocking(
                            "the server does not have the role " + role, "create it first: CREATE ROLE " + role));
                }
                if (row.getBoolean(1)) {
                    return List.of(Finding.blocking(
                            "the role " + role + " may do on the server what a superuser may, or give itself the right"
                                    + " to, so that --as would protect nothing",
                            "choose an ordinary role: no superuser, no CREATEROLE, and no member of pg_execute_server_program"
                                    + " and its like"));
                }
                if (subject.mode() != RestoreMode.CREATE && !row.getBoolean(2)) {
                    return List.of(Finding.blocking(
                            "the database " + database + " does not belong to " + role
                                    + ", which could make nothing in it",
                            "choose its owner with --as, or restore beside with --to NAME --create-db"));
                }
                return List.of();
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the role " + role);
        }
    }
}
