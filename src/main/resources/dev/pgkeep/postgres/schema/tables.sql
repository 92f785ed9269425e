select n.nspname, c.relname, null,
       array['kind', case c.relkind when 'p' then 'partitioned' when 'f' then 'foreign' end,
             'unlogged', case when c.relpersistence = 'u' then 'yes' end,
             'partition by', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
             'parent', (select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
                        from pg_inherits i where i.inhrelid = c.oid),
             'bounds', pg_get_expr(c.relpartbound, c.oid),
             'options', array_to_string(c.reloptions, ', '),
             'row security', case when c.relforcerowsecurity then 'forced' when c.relrowsecurity then 'on' end,
             'replica identity', nullif(c.relreplident::text, 'd'),
             'comment', obj_description(c.oid, 'pg_class')]
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
