-- Columns whose collation takes texts of other bytes for equal; where its locale stands, depends on the server's version.
select n.nspname, c.relname, a.attname,
       coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', to_jsonb(l) ->> 'collcollate', '')
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_collation l on l.oid = a.attcollation
where not l.collisdeterministic
  and c.relkind in ('r', 'p')
  and not a.attisdropped
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
