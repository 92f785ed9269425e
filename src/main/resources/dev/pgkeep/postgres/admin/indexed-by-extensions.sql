-- Tables with indexes of an extension's making, as DROP statements. They go before the extension: where a cascade
-- drops both, the server stumbles over an operator class that has gone before its index.
SELECT format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, c.oid::regclass)
FROM pg_class c
WHERE c.relkind IN ('r', 'p', 'm') AND pg_has_role(c.relowner, 'USAGE')
  AND EXISTS (SELECT FROM pg_index i, unnest(i.indclass::oid[]) o JOIN pg_depend d ON d.objid = o
              WHERE i.indrelid = c.oid AND d.classid = 'pg_opclass'::regclass AND d.deptype = 'e')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
