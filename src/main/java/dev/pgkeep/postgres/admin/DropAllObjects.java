package dev.pgkeep.postgres.admin;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Empties a database without dropping it, for roles that may not create databases: ends the other sessions of this
 * role, then drops in one transaction every schema, extension, large object and publication that the role may drop. The
 * schema {@code public} stays and only its contents go, since a database without it is not what a dump expects.
 */
public final class DropAllObjects {
    private static final int LARGE_OBJECTS_AT_ONCE = 1000;

    private static final String END_SESSIONS = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND pg_has_role(usesysid, 'USAGE')""";
    private static final String SCHEMAS = """
            SELECT nspname FROM pg_namespace
            WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') AND pg_has_role(nspowner, 'USAGE')""";
    /**
     * Tables with indexes of an extension's making. They go before the extension: where a cascade drops both, the
     * server stumbles over an operator class that has gone before its index.
     */
    private static final String INDEXED_BY_EXTENSIONS = """
            SELECT format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass)
            FROM pg_class c
            WHERE c.relkind IN ('r', 'p', 'm') AND pg_has_role(c.relowner, 'USAGE')
              AND EXISTS (SELECT FROM pg_index i, unnest(i.indclass::oid[]) o JOIN pg_depend d ON d.objid = o
                          WHERE i.indrelid = c.oid AND d.classid = 'pg_opclass'::regclass AND d.deptype = 'e')
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')""";

    private static final String EXTENSIONS =
            "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' AND pg_has_role(extowner, 'USAGE')";
    private static final String PUBLICATIONS =
            "SELECT pubname FROM pg_publication WHERE pg_has_role(pubowner, 'USAGE')";
    /** What lies in no schema, as DROP statements; event triggers first, which would watch all the others. */
    private static final String OUTSIDE_SCHEMAS = """
            WITH mine (catalog, oid, sql) AS (
                SELECT 'pg_event_trigger'::regclass, oid, format('DROP EVENT TRIGGER IF EXISTS %I CASCADE', evtname)
                FROM pg_event_trigger WHERE pg_has_role(evtowner, 'USAGE')
                UNION ALL
                SELECT 'pg_foreign_server'::regclass, oid, format('DROP SERVER IF EXISTS %I CASCADE', srvname)
                FROM pg_foreign_server WHERE pg_has_role(srvowner, 'USAGE')
                UNION ALL
                SELECT 'pg_foreign_data_wrapper'::regclass, oid, format('DROP FOREIGN DATA WRAPPER IF EXISTS %I CASCADE', fdwname)
                FROM pg_foreign_data_wrapper WHERE pg_has_role(fdwowner, 'USAGE')
                UNION ALL
                SELECT 'pg_language'::regclass, oid, format('DROP LANGUAGE IF EXISTS %I CASCADE', lanname)
                FROM pg_language WHERE oid >= 16384 AND pg_has_role(lanowner, 'USAGE')
                UNION ALL
                SELECT 'pg_cast'::regclass, c.oid, format('DROP CAST IF EXISTS (%s AS %s) CASCADE', castsource::regtype, casttarget::regtype)
                FROM pg_cast c JOIN pg_type s ON s.oid = castsource JOIN pg_type t ON t.oid = casttarget
                WHERE c.oid >= 16384 AND (pg_has_role(s.typowner, 'USAGE') OR pg_has_role(t.typowner, 'USAGE'))
                UNION ALL
                SELECT 'pg_am'::regclass, oid, format('DROP ACCESS METHOD IF EXISTS %I CASCADE', amname)
                FROM pg_am WHERE oid >= 16384 AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))
            SELECT sql FROM mine
            WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = mine.catalog AND d.objid = mine.oid AND d.deptype IN ('e', 'i'))
            ORDER BY catalog <> 'pg_event_trigger'::regclass""";
    /** Everything in public that is not part of something else there, as DROP statements. */
    private static final String IN_PUBLIC = """
            SELECT format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE' WHEN 'v' THEN 'VIEW'
                          WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'SEQUENCE' END, c.oid::regclass)
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL
            SELECT format('DROP %s IF EXISTS %s CASCADE', CASE p.prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                          p.oid::regprocedure)
            FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
            FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE t.typnamespace = 'public'::regnamespace AND t.typelem = 0 AND coalesce(c.relkind, 'c') = 'c' AND t.typtype <> 'm'
            UNION ALL
            SELECT format('DROP OPERATOR FAMILY IF EXISTS public.%I USING %I CASCADE', f.opfname, a.amname)
            FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod WHERE f.opfnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP COLLATION IF EXISTS public.%I CASCADE', collname) FROM pg_collation WHERE collnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP TEXT SEARCH CONFIGURATION IF EXISTS public.%I CASCADE', cfgname) FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP TEXT SEARCH DICTIONARY IF EXISTS public.%I CASCADE', dictname) FROM pg_ts_dict WHERE dictnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('DROP STATISTICS IF EXISTS public.%I', stxname) FROM pg_statistic_ext WHERE stxnamespace = 'public'::regnamespace""";

    private final Connection connection;

    public DropAllObjects(Connection connection) {
        this.connection = connection;
    }

    /** Empties it, or changes nothing. */
    public void run() {
        try {
            query(END_SESSIONS);
            connection.setAutoCommit(false);
            execute("SET LOCAL lock_timeout = '10s'");
            executeAll(query(OUTSIDE_SCHEMAS));
            executeAll(query(INDEXED_BY_EXTENSIONS));
            for (String extension : query(EXTENSIONS)) {
                execute("DROP EXTENSION IF EXISTS " + Sql.identifier(extension) + " CASCADE");
            }
            for (String publication : query(PUBLICATIONS)) {
                execute("DROP PUBLICATION IF EXISTS " + Sql.identifier(publication));
            }
            for (String schema : query(SCHEMAS)) {
                execute("DROP SCHEMA IF EXISTS " + Sql.identifier(schema) + " CASCADE");
            }
            dropInPublic();
            dropLargeObjects();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "emptying the database (nothing was changed)");
        }
    }

    /** A drop cascades over others in the list, so what still exists is asked anew until nothing is left. */
    private void dropInPublic() throws SQLException {
        List<String> drops = hasPublic() ? query(IN_PUBLIC) : List.of();
        while (!drops.isEmpty()) {
            execute(drops.getFirst());
            drops = query(IN_PUBLIC);
        }
    }

    private boolean hasPublic() throws SQLException {
        return !query("SELECT nspname FROM pg_namespace WHERE nspname = 'public'")
                .isEmpty();
    }

    private void dropLargeObjects() throws SQLException {
        String some = "SELECT lo_unlink(oid)::text FROM (SELECT oid FROM pg_largeobject_metadata"
                + " WHERE pg_has_role(lomowner, 'USAGE') LIMIT " + LARGE_OBJECTS_AT_ONCE + ") o";
        while (!query(some).isEmpty()) {
            // Batches keep the number of locks within what a server allows.
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private void executeAll(List<String> statements) throws SQLException {
        for (String sql : statements) {
            execute(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
