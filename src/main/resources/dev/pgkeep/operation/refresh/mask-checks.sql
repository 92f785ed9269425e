-- Conditions that the values of a row must keep, with the columns that they look at.
select
    n.nspname,
    c.relname,
    k.conname,
    (select pg_catalog.array_agg(a.attname::text)
     from pg_catalog.pg_attribute a
     where a.attrelid = k.conrelid and a.attnum = any (k.conkey)),
    pg_catalog.pg_get_expr(k.conbin, k.conrelid)
from pg_catalog.pg_constraint k
join pg_catalog.pg_class c on c.oid = k.conrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where k.contype = 'c' and pg_catalog.cardinality(k.conkey) > 0
order by n.nspname, c.relname, k.conname
