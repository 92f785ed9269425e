package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that rows of the backup break: taken off so that the rows go in, and put back at the end as NOT VALID, which
 * holds for new rows only. Thread-safe.
 */
final class RestingConstraints {
    /**
     * The query for a check of a table and of all that share it by inheritance, those first that nobody hands down.
     * Dropping one drops those that it was handed down to, unless they have it by themselves, too.
     */
    private static final String OF_TABLE = """
            WITH RECURSIVE family (rel) AS (
                SELECT pg_catalog.to_regclass(?)::oid
                UNION
                SELECT c.conrelid
                FROM family f
                JOIN pg_catalog.pg_inherits i ON f.rel IN (i.inhrelid, i.inhparent)
                JOIN pg_catalog.pg_constraint c
                    ON c.conrelid IN (i.inhrelid, i.inhparent) AND c.conname = ? AND c.contype = 'c')
            SELECT pg_catalog.format('TABLE %s', c.conrelid::pg_catalog.regclass), c.conname,
                   pg_catalog.pg_get_constraintdef(c.oid),
                   pg_catalog.format('CONSTRAINT %I ON %s', c.conname, c.conrelid::pg_catalog.regclass),
                   pg_catalog.obj_description(c.oid, 'pg_constraint')
            FROM family f JOIN pg_catalog.pg_constraint c ON c.conrelid = f.rel
            WHERE c.conname = ? AND c.contype = 'c' AND c.coninhcount = 0
            ORDER BY 1""";

    /** The query for a check of a domain, or of one that it is made of. */
    private static final String OF_DOMAIN = """
            WITH RECURSIVE family (typ) AS (
                SELECT pg_catalog.to_regtype(?)::oid
                UNION
                SELECT t.typbasetype FROM family f JOIN pg_catalog.pg_type t ON t.oid = f.typ WHERE t.typtype = 'd')
            SELECT pg_catalog.format('DOMAIN %s', c.contypid::pg_catalog.regtype), c.conname,
                   pg_catalog.pg_get_constraintdef(c.oid),
                   pg_catalog.format('CONSTRAINT %I ON DOMAIN %s', c.conname, c.contypid::pg_catalog.regtype),
                   pg_catalog.obj_description(c.oid, 'pg_constraint')
            FROM family f JOIN pg_catalog.pg_constraint c ON c.contypid = f.typ
            WHERE c.conname = ? AND c.conname = ? AND c.contype = 'c'
            ORDER BY 1""";

    private static final String NOT_NULL_DOMAINS = """
            WITH RECURSIVE family (typ) AS (
                SELECT pg_catalog.to_regtype(?)::oid
                UNION
                SELECT t.typbasetype FROM family f JOIN pg_catalog.pg_type t ON t.oid = f.typ WHERE t.typtype = 'd')
            SELECT pg_catalog.format('DOMAIN %s', t.oid::pg_catalog.regtype)
            FROM family f JOIN pg_catalog.pg_type t ON t.oid = f.typ
            WHERE t.typtype = 'd' AND t.typnotnull""";

    /**
     * A check that rests.
     *
     * @param subject for instance {@code TABLE public.orders}
     * @param name not quoted
     * @param definition for instance {@code CHECK ((n > 0))}
     * @param comment the statement that puts its comment back; empty without one
     * @param reason what the server said
     */
    private record Resting(String subject, String name, String definition, String comment, String reason) {
        private String back() {
            String definition = definition().endsWith("NOT VALID") ? definition() : definition() + " NOT VALID";
            return "ALTER " + subject + " ADD CONSTRAINT " + Sql.identifier(name) + " " + definition;
        }

        private String note() {
            return "the check " + name + " of "
                    + subject.replaceFirst("^TABLE ", "").replaceFirst("^DOMAIN ", "the domain ")
                    + " is NOT VALID now, so it holds for new rows only: rows of the backup break it (" + reason
                    + "); correct them, then: ALTER " + subject + " VALIDATE CONSTRAINT " + Sql.identifier(name);
        }
    }

    private final MendTarget target;
    private final Deque<Resting> resting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    RestingConstraints(MendTarget target) {
        this.target = target;
    }

    /**
     * Takes off what refuses the rows.
     *
     * @return whether the rows may be tried again; not where it is nothing that can be taken off
     */
    synchronized boolean rest(ServerFailure failure) {
        if (!failure.isCheck() && !failure.isNull()) {
            return false;
        }
        String key = failure.schema() + "." + failure.table() + "." + failure.type() + "." + failure.constraint() + "."
                + failure.column();
        try (Connection connection = target.connector().open(target.database(), "pgkeep restore")) {
            boolean off = failure.isNull() ? allowNull(connection, failure) : drop(connection, failure);
            if (off) {
                known.add(key);
            }
            // Somebody else may have met it, too, and have taken it off meanwhile.
            return known.contains(key);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "taking off what refuses rows of the backup");
        }
    }

    private boolean drop(Connection connection, ServerFailure failure) throws SQLException {
        boolean ofDomain = !failure.type().isEmpty();
        if (failure.constraint().isEmpty() || !ofDomain && failure.table().isEmpty()) {
            return false;
        }
        String of = Sql.identifier(failure.schema(), ofDomain ? failure.type() : failure.table());
        int before = resting.size();
        for (List<Resting> next = find(connection, ofDomain ? OF_DOMAIN : OF_TABLE, of, failure);
                !next.isEmpty();
                next = find(connection, ofDomain ? OF_DOMAIN : OF_TABLE, of, failure)) {
            for (Resting each : next) {
                execute(connection, "ALTER " + each.subject() + " DROP CONSTRAINT " + Sql.identifier(each.name()));
                // Put back the other way round: a check that is handed down joins the one that is there.
                resting.addFirst(each);
            }
        }
        return resting.size() > before;
    }

    private static List<Resting> find(Connection connection, String sql, String of, ServerFailure failure)
            throws SQLException {
        List<Resting> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, of);
            statement.setString(2, failure.constraint());
            statement.setString(3, failure.constraint());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String comment = row.getString(5);
                    found.add(new Resting(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            comment == null ? "" : "COMMENT ON " + row.getString(4) + " IS " + Sql.literal(comment),
                            failure.text()));
                }
            }
        }
        return found;
    }

    /** NOT NULL cannot be there without holding for all rows, so it stays away. */
    private boolean allowNull(Connection connection, ServerFailure failure) throws SQLException {
        List<String> drops = new ArrayList<>();
        if (!failure.column().isEmpty()) {
            drops.add("TABLE " + Sql.identifier(failure.schema(), failure.table()) + " ALTER COLUMN "
                    + Sql.identifier(failure.column()));
        } else if (!failure.type().isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(NOT_NULL_DOMAINS)) {
                statement.setString(1, Sql.identifier(failure.schema(), failure.type()));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        drops.add(row.getString(1));
                    }
                }
            }
        }
        for (String drop : drops) {
            execute(connection, "ALTER " + drop + " DROP NOT NULL");
            leftOut.add("left out: NOT NULL of "
                    + drop.replaceFirst("^(TABLE|DOMAIN) ", "").replace(" ALTER COLUMN ", ", column ")
                    + ", because rows of the backup break it (" + failure.text() + "); correct them, then: ALTER "
                    + drop
                    + " SET NOT NULL");
        }
        return !drops.isEmpty();
    }

    /**
     * Puts the checks back, without having the rows checked.
     *
     * @param notes receives a line for each
     */
    synchronized void putBack(Collection<String> notes) {
        notes.addAll(leftOut);
        leftOut.clear();
        if (resting.isEmpty()) {
            return;
        }
        try (Connection connection = target.connector().open(target.database(), "pgkeep restore")) {
            while (!resting.isEmpty()) {
                Resting each = resting.removeFirst();
                execute(connection, each.back());
                if (!each.comment().isEmpty()) {
                    execute(connection, each.comment());
                }
                notes.add(each.note());
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "putting back checks that rows of the backup break");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
