-- Those of constraints, and those that a partition has from its parent, are not objects of their own.
select n.nspname, ic.relname, c.relname,
       array['definition', pg_get_indexdef(i.indexrelid), 'valid', case when not i.indisvalid then 'no' end,
             'comment', obj_description(ic.oid, 'pg_class')]
from pg_index i
join pg_class ic on ic.oid = i.indexrelid
join pg_class c on c.oid = i.indrelid
join pg_namespace n on n.oid = c.relnamespace
where c.relpersistence <> 't'
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
