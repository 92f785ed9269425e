-- Every foreign key; those of partitions come and go with that of their whole.
select
    k.conname,
    fn.nspname,
    f.relname,
    (select pg_catalog.array_agg(a.attname::text order by c.position)
     from pg_catalog.unnest(k.conkey) with ordinality as c(number, position)
     join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number),
    tn.nspname,
    t.relname,
    (select pg_catalog.array_agg(a.attname::text order by c.position)
     from pg_catalog.unnest(k.confkey) with ordinality as c(number, position)
     join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = c.number),
    pg_catalog.pg_get_constraintdef(k.oid),
    pg_catalog.obj_description(k.oid, 'pg_constraint')
from pg_catalog.pg_constraint k
join pg_catalog.pg_class f on f.oid = k.conrelid
join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace
join pg_catalog.pg_class t on t.oid = k.confrelid
join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
where k.contype = 'f' and k.conparentid = 0
order by fn.nspname, f.relname, k.conname
