-- NOT NULL is a property of its column, whatever the server's version makes of it.
select n.nspname, k.conname, c.relname,
       array['definition', pg_get_constraintdef(k.oid), 'comment', obj_description(k.oid, 'pg_constraint')]
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
where k.contype in ('c', 'u', 'p', 'f', 'x')
  and (k.conislocal or k.coninhcount = 0)
  and k.conparentid = 0
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
