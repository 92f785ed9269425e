select a.attrelid,
       a.attname,
       a.atttypid,
       format_type(a.atttypid, a.atttypmod),
       a.attlen = -1
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r'
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and a.attnum > 0
  and not a.attisdropped
  and a.attgenerated = ''
order by a.attrelid, a.attnum
