select n.nspname, c.relname, null,
       array['kind', case when c.relkind = 'm' then 'materialized' end, 'definition', pg_get_viewdef(c.oid),
             'options', array_to_string(c.reloptions, ', '),
             'populated', case when c.relkind = 'm' and not c.relispopulated then 'no' end,
             'comment', obj_description(c.oid, 'pg_class')]
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
