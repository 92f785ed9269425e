select n.nspname, p.polname, c.relname,
       array['for', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                        when 'd' then 'delete' else 'all' end,
             'kind', case when not p.polpermissive then 'restrictive' end,
             'to', (select string_agg(case when r = 0 then 'public' else pg_get_userbyid(r) end, ', ' order by r)
                    from unnest(p.polroles) r),
             'using', pg_get_expr(p.polqual, p.polrelid),
             'check', pg_get_expr(p.polwithcheck, p.polrelid)]
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
