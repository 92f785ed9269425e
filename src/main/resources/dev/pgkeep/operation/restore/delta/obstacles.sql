-- Why rows of tables that are there cannot simply be deleted and put back, for people; best first.
WITH own AS (
    SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
SELECT 'it holds large objects' FROM pg_largeobject_metadata
UNION ALL
-- Triggers and foreign keys rest, sequences begin anew, views are filled: only who owns them may do that.
SELECT oid::regclass || ' belongs to ' || pg_get_userbyid(relowner) FROM own
WHERE relkind IN ('r', 'p', 'm', 'S') AND NOT pg_has_role(relowner, 'USAGE')
UNION ALL
-- They would do something else than what is meant.
SELECT 'the table ' || c.oid::regclass || ' has rules'
FROM pg_rewrite r JOIN own c ON c.oid = r.ev_class
WHERE r.ev_type = '4' AND c.relkind IN ('r', 'p') AND r.ev_enabled <> 'D'
UNION ALL
-- They may write anything anywhere. A superuser's session is one of a replica then, in which usual ones rest.
SELECT 'the event trigger ' || quote_ident(evtname) || ' would fire'
FROM pg_event_trigger
WHERE evtevent IN ('ddl_command_start', 'ddl_command_end', 'sql_drop')
  AND evtenabled = ANY (CASE current_setting('is_superuser') WHEN 'on' THEN '{A,R}' ELSE '{A,O}' END::"char"[])
  AND (evttags IS NULL OR evttags && '{ALTER TABLE,ALTER SEQUENCE,REFRESH MATERIALIZED VIEW,COMMENT}'::text[])
UNION ALL
-- The server would refuse the first deletion.
SELECT 'the table ' || c.oid::regclass || ' publishes deletions, and has no replica identity'
FROM own c
WHERE c.relkind = 'r' AND c.relreplident <> 'f'
  AND (c.relreplident = 'n' OR NOT EXISTS (
      SELECT FROM pg_index i
      WHERE i.indrelid = c.oid AND i.indisvalid
        AND CASE c.relreplident WHEN 'd' THEN i.indisprimary ELSE i.indisreplident END))
  AND EXISTS (
      SELECT FROM pg_publication_tables t JOIN pg_publication p ON p.pubname = t.pubname
      WHERE p.pubdelete
        AND (t.schemaname, t.tablename) IN (
            SELECT n.nspname, a.relname FROM pg_class a JOIN pg_namespace n ON n.oid = a.relnamespace
            WHERE a.oid IN (SELECT c.oid UNION ALL SELECT relid FROM pg_partition_ancestors(c.oid))))
UNION ALL
-- Rows that were there before it may be stored otherwise, and could not be put back.
SELECT 'the domain ' || contypid::regtype || ' has a constraint that is not valid'
FROM pg_constraint WHERE contypid <> 0 AND NOT convalidated
LIMIT 1
