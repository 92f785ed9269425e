-- Everything that the role may drop in public and in schemas that stay since they belong to others, and that is not part
-- of something else there, as DROP statements. What belongs to others stays, and so does what an extension brought that
-- stays.
WITH here (oid, name) AS (
    SELECT oid, quote_ident(nspname) FROM pg_namespace
    WHERE nspname = 'public'
       OR nspname !~ '^pg_' AND nspname <> 'information_schema' AND NOT pg_has_role(nspowner, 'USAGE')
),
mine (catalog, oid, sql) AS (
    SELECT 'pg_class'::regclass, c.oid,
           format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE' WHEN 'v' THEN 'VIEW'
                  WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'SEQUENCE' END, c.oid::regclass)
    FROM pg_class c JOIN here ON here.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND pg_has_role(c.relowner, 'USAGE')
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid,
           format('DROP %s IF EXISTS %s CASCADE', CASE p.prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                  p.oid::regprocedure)
    FROM pg_proc p JOIN here ON here.oid = p.pronamespace WHERE pg_has_role(p.proowner, 'USAGE')
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
    FROM pg_type t JOIN here ON here.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typelem = 0 AND coalesce(c.relkind, 'c') = 'c' AND t.typtype <> 'm' AND pg_has_role(t.typowner, 'USAGE')
    UNION ALL
    SELECT 'pg_opfamily'::regclass, f.oid, format('DROP OPERATOR FAMILY IF EXISTS %s.%I USING %I CASCADE', here.name, f.opfname, a.amname)
    FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod JOIN here ON here.oid = f.opfnamespace
    WHERE pg_has_role(f.opfowner, 'USAGE')
    UNION ALL
    SELECT 'pg_collation'::regclass, o.oid, format('DROP COLLATION IF EXISTS %s.%I CASCADE', here.name, collname)
    FROM pg_collation o JOIN here ON here.oid = collnamespace WHERE pg_has_role(collowner, 'USAGE')
    UNION ALL
    SELECT 'pg_ts_config'::regclass, o.oid, format('DROP TEXT SEARCH CONFIGURATION IF EXISTS %s.%I CASCADE', here.name, cfgname)
    FROM pg_ts_config o JOIN here ON here.oid = cfgnamespace WHERE pg_has_role(cfgowner, 'USAGE')
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, o.oid, format('DROP TEXT SEARCH DICTIONARY IF EXISTS %s.%I CASCADE', here.name, dictname)
    FROM pg_ts_dict o JOIN here ON here.oid = dictnamespace WHERE pg_has_role(dictowner, 'USAGE')
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, o.oid, format('DROP STATISTICS IF EXISTS %s.%I', here.name, stxname)
    FROM pg_statistic_ext o JOIN here ON here.oid = stxnamespace WHERE pg_has_role(stxowner, 'USAGE')
)
SELECT sql FROM mine
-- A partitioned table depends on itself, by its key.
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = mine.catalog AND d.objid = mine.oid AND d.deptype IN ('e', 'i')
                  AND (d.refclassid, d.refobjid) <> (d.classid, d.objid))
