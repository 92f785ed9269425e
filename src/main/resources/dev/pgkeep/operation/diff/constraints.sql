-- Primary and foreign keys; then, without a definition, columns that are always generated as identity.
select n.nspname, c.relname, pg_get_constraintdef(k.oid), null
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where k.contype in ('p', 'f')
  and k.conparentid = 0
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
union all
select n.nspname, c.relname, null, a.attname
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where a.attidentity = 'a'
  and not a.attisdropped
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
