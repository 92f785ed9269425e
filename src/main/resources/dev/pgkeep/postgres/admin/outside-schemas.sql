-- What lies in no schema, as DROP statements; event triggers first, which would watch all the others.
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
ORDER BY catalog <> 'pg_event_trigger'::regclass
