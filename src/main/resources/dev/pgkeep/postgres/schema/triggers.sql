select n.nspname, t.tgname, c.relname,
       array['definition', pg_get_triggerdef(t.oid),
             'enabled', case t.tgenabled when 'O' then null when 'D' then 'no' else t.tgenabled::text end]
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal
  and coalesce(to_jsonb(t) ->> 'tgparentid', '0') = '0'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
