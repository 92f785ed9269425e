-- Every table that has the name of some tool's table, with its columns and their types; those on the application's search
-- path first. A type is told where it is the system's, or a domain over one: such values need nobody's code to be read.
with names (name) as (
    select unnest(?::text[])
), path (place, schema) as (
    select p.place, p.schema from unnest(?::text[]) with ordinality p (schema, place)
)
select n.nspname,
       c.relname,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       coalesce((select format_type(a.atttypid, a.atttypmod) from pg_attribute a
                 where a.attrelid = c.oid and a.attname = 'version'), ''),
       exists (select from pg_class r
               where r.relnamespace = c.relnamespace and r.relname = 'ar_internal_metadata' and r.relkind = 'r'),
       exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary),
       array(select case when t.typnamespace = 'pg_catalog'::regnamespace and t.typtype = 'b'
                         then format_type(t.oid, -1) else '' end
             from pg_attribute a
             join pg_type d on d.oid = a.atttypid
             join pg_type t on t.oid = case d.typtype when 'd' then d.typbasetype else d.oid end
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and lower(c.relname) in (select m.name from names m)
  and n.nspname !~ '^pg_'
  and has_schema_privilege(n.oid, 'usage')
  and has_table_privilege(c.oid, 'select')
  and not row_security_active(c.oid)
  -- To plan a query, the server runs what is constant in these.
  and not exists (select from pg_index i where i.indrelid = c.oid and (i.indexprs is not null or i.indpred is not null))
  and not exists (select from pg_statistic_ext s where s.stxrelid = c.oid)
order by (select p.place from path p where p.schema = n.nspname) nulls last, n.nspname, c.relname
