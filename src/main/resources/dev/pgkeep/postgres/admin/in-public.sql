-- Everything in public that is not part of something else there, as DROP statements.
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
SELECT format('DROP STATISTICS IF EXISTS public.%I', stxname) FROM pg_statistic_ext WHERE stxnamespace = 'public'::regnamespace
