package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Looks at the database that a restore would change. */
public final class TargetProbe {
    private static final String OBJECTS = """
            SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
                 + (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))
                 + (SELECT count(*) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
                    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND t.typtype IN ('e', 'd', 'r')
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'))
                 + (SELECT count(*) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public'))
                 + (SELECT count(*) FROM pg_largeobject_metadata)""";
    /** What initdb made has lower numbers; what came with an extension comes with it again, but for its rows. */
    private static final String OTHERS = """
            SELECT (SELECT count(*) FROM (
                        SELECT 'pg_foreign_data_wrapper'::regclass AS class, oid FROM pg_foreign_data_wrapper
                        UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
                        UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
                        UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger
                        UNION ALL SELECT 'pg_collation'::regclass, oid FROM pg_collation
                        UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion
                        UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator
                        UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
                        UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily
                        UNION ALL SELECT 'pg_am'::regclass, oid FROM pg_am
                        UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
                        UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
                        UNION ALL SELECT 'pg_transform'::regclass, oid FROM pg_transform
                        UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config
                        UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
                        UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser
                        UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template) o
                    WHERE o.oid >= 16384
                      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e'))
                 + (SELECT count(*) FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
                    WHERE d.datname = current_database())
                 + (SELECT count(*) FROM pg_class c
                    JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                    JOIN pg_extension e ON e.oid = d.refobjid AND c.oid = ANY (e.extconfig)
                    WHERE c.relkind = 'r'
                      AND CASE WHEN EXISTS (SELECT FROM pg_locks l WHERE l.relation = c.oid AND l.mode = 'AccessExclusiveLock')
                               THEN true ELSE pg_relation_size(c.oid) > 0 END)""";

    private static final String OWNED = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = ?";

    private final Connector connector;
    private final Connection beside;

    public TargetProbe(Connector connector, Connection beside) {
        this.connector = connector;
        this.beside = beside;
    }

    /** Looks at the target; empty when there is no such database. */
    public Optional<ExistingDatabase> look(Target target) throws SQLException {
        Catalog server = new Catalog(beside);
        Optional<DatabaseProperties> properties = server.properties(target.database());
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        try (Connection inside = connector.open(target, "pgkeep")) {
            Catalog catalog = new Catalog(inside);
            return Optional.of(new ExistingDatabase(
                    properties.get(),
                    catalog.tables(),
                    number(inside, OBJECTS),
                    number(inside, OTHERS),
                    catalog.databaseBytes(),
                    server.connections(target.database()).stream()
                            .filter(each -> !each.application().startsWith("pgkeep"))
                            .toList(),
                    owned(target.database()),
                    catalog.extensions().stream()
                            .filter(each -> !each.name().equals("plpgsql"))
                            .toList(),
                    Protection.isOn(beside, target.database())));
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.DATABASE_MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean owned(String database) throws SQLException {
        try (PreparedStatement statement = beside.prepareStatement(OWNED)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
