-- Objects of the database that the connected role could not make again, so that a restore by it leaves them out or
-- needs another role; none for superusers.
WITH role (super) AS (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
others (oid, kind, name) AS (
    SELECT e.oid, 'EXTENSION', quote_ident(e.extname)
    FROM pg_extension e
    WHERE e.extname <> 'plpgsql'
      AND NOT EXISTS (SELECT FROM pg_available_extension_versions v
                      WHERE v.name = e.extname AND v.version = e.extversion AND v.trusted)
    UNION ALL
    SELECT oid, 'EVENT TRIGGER', quote_ident(evtname) FROM pg_event_trigger
    UNION ALL
    SELECT oid, 'PUBLICATION', quote_ident(pubname) FROM pg_publication WHERE puballtables
    UNION ALL
    SELECT oid, 'LANGUAGE', quote_ident(lanname) FROM pg_language WHERE oid >= 16384
    UNION ALL
    SELECT oid, 'FOREIGN DATA WRAPPER', quote_ident(fdwname) FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT oid, 'ACCESS METHOD', quote_ident(amname) FROM pg_am WHERE oid >= 16384
    UNION ALL
    SELECT oid, 'CAST', format('(%s AS %s)', castsource::regtype, casttarget::regtype)
    FROM pg_cast WHERE oid >= 16384 AND castmethod = 'b'
    UNION ALL
    SELECT o.oid, 'OPERATOR CLASS', format('%I.%I', n.nspname, o.opcname)
    FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE o.oid >= 16384
    UNION ALL
    SELECT t.oid, 'TYPE', format('%I.%I', n.nspname, t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.oid >= 16384 AND t.typtype = 'b' AND t.typcategory <> 'A'
    UNION ALL
    SELECT p.oid, 'FUNCTION', p.oid::regprocedure::text
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid >= 16384 AND (NOT l.lanpltrusted AND NOT has_language_privilege(l.oid, 'USAGE') OR p.proleakproof)
)
SELECT kind || ' ' || name
FROM others, role
WHERE NOT role.super
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = others.oid AND d.deptype IN ('e', 'i'))
ORDER BY 1
