-- Everything in public that the role may drop and that is not part of something else there, as DROP statements. What
-- belongs to others stays, and so does what an extension brought that stays.
WITH mine (catalog, oid, sql) AS (
    SELECT 'pg_class'::regclass, c.oid,
           format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE' WHEN 'v' THEN 'VIEW'
                  WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'SEQUENCE' END, c.oid::regclass)
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND pg_has_role(c.relowner, 'USAGE')
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid,
           format('DROP %s IF EXISTS %s CASCADE', CASE p.prokind WHEN 'a' THEN 'AGGREGATE' WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
                  p.oid::regprocedure)
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
    FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace = 'public'::regnamespace AND t.typelem = 0 AND coalesce(c.relkind, 'c') = 'c' AND t.typtype <> 'm'
      AND pg_has_role(t.typowner, 'USAGE')
    UNION ALL
    SELECT 'pg_opfamily'::regclass, f.oid, format('DROP OPERATOR FAMILY IF EXISTS public.%I USING %I CASCADE', f.opfname, a.amname)
    FROM pg_opfamily f JOIN pg_am a ON a.oid = f.opfmethod
    WHERE f.opfnamespace = 'public'::regnamespace AND pg_has_role(f.opfowner, 'USAGE')
    UNION ALL
    SELECT 'pg_collation'::regclass, oid, format('DROP COLLATION IF EXISTS public.%I CASCADE', collname)
    FROM pg_collation WHERE collnamespace = 'public'::regnamespace AND pg_has_role(collowner, 'USAGE')
    UNION ALL
    SELECT 'pg_ts_config'::regclass, oid, format('DROP TEXT SEARCH CONFIGURATION IF EXISTS public.%I CASCADE', cfgname)
    FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace AND pg_has_role(cfgowner, 'USAGE')
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, oid, format('DROP TEXT SEARCH DICTIONARY IF EXISTS public.%I CASCADE', dictname)
    FROM pg_ts_dict WHERE dictnamespace = 'public'::regnamespace AND pg_has_role(dictowner, 'USAGE')
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, oid, format('DROP STATISTICS IF EXISTS public.%I', stxname)
    FROM pg_statistic_ext WHERE stxnamespace = 'public'::regnamespace AND pg_has_role(stxowner, 'USAGE')
)
SELECT sql FROM mine
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = mine.catalog AND d.objid = mine.oid AND d.deptype IN ('e', 'i'))
