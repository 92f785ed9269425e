-- Every table that has the name of some tool's table, with its columns; those on the search path first.
select n.nspname,
       c.relname,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum),
       coalesce((select format_type(a.atttypid, a.atttypmod) from pg_attribute a
                 where a.attrelid = c.oid and a.attname = 'version'), ''),
       exists (select from pg_class r
               where r.relnamespace = c.relnamespace and r.relname = 'ar_internal_metadata' and r.relkind = 'r'),
       exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and lower(c.relname) = any (?)
  and n.nspname !~ '^pg_'
  and has_schema_privilege(n.oid, 'usage')
  and has_table_privilege(c.oid, 'select')
order by array_position(current_schemas(false), n.nspname) nulls last, n.nspname, c.relname
