-- What belongs to roles that this one is no member of, and must be as it is when all of this role's is dropped: an
-- object, and what it is made of (columns, constraints, defaults, triggers, rules, policies, indexes), by oids, which
-- stay as long as nothing goes. Not what lies in schemas that go as a whole.
WITH dropped (oid) AS (
    SELECT oid FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') AND pg_has_role(nspowner, 'USAGE')
)
SELECT c.oid::regclass::text,
       concat_ws(' ', c.oid,
           (SELECT string_agg(a.attnum || ':' || a.atttypid, ',' ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
           (SELECT string_agg(k.oid::text, ',' ORDER BY k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid),
           (SELECT string_agg(d.oid::text, ',' ORDER BY d.oid) FROM pg_attrdef d WHERE d.adrelid = c.oid),
           (SELECT string_agg(t.oid::text, ',' ORDER BY t.oid) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
           (SELECT string_agg(r.oid::text, ',' ORDER BY r.oid) FROM pg_rewrite r WHERE r.ev_class = c.oid),
           (SELECT string_agg(p.oid::text, ',' ORDER BY p.oid) FROM pg_policy p WHERE p.polrelid = c.oid),
           (SELECT string_agg(i.indexrelid::text, ',' ORDER BY i.indexrelid) FROM pg_index i WHERE i.indrelid = c.oid))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT pg_has_role(c.relowner, 'USAGE') AND c.relnamespace NOT IN (SELECT oid FROM dropped)
UNION ALL
SELECT p.oid::regprocedure::text, p.oid::text
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT pg_has_role(p.proowner, 'USAGE') AND p.pronamespace NOT IN (SELECT oid FROM dropped)
UNION ALL
SELECT t.oid::regtype::text, concat_ws(' ', t.oid,
           (SELECT string_agg(k.oid::text, ',' ORDER BY k.oid) FROM pg_constraint k WHERE k.contypid = t.oid))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typrelid = 0 AND t.typelem = 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT pg_has_role(t.typowner, 'USAGE') AND t.typnamespace NOT IN (SELECT oid FROM dropped)
