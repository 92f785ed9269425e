-- Columns whose names say when a row was made or changed, the largest tables first, and the question for each.
select n.nspname, c.relname, a.attname,
       format('SELECT extract(epoch FROM max(%I)::timestamptz) FROM %I.%I', a.attname, n.nspname, c.relname)
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and a.attnum > 0 and not a.attisdropped
  and a.atttypid in ('timestamptz'::regtype, 'timestamp'::regtype)
  and a.attname ~* '^(created|updated|inserted|modified|changed|logged|placed|occurred)(_?(at|on|date|time))?$'
  and not row_security_active(c.oid)
  and has_column_privilege(c.oid, a.attnum, 'SELECT')
order by c.relpages desc, a.attname
limit 20
