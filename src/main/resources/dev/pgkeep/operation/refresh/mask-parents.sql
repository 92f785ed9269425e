-- Tables and those that they inherit columns from, without partitions; nearest first.
with recursive up(child, parent, level) as (
    select i.inhrelid, i.inhparent, 1
    from pg_catalog.pg_inherits i
    join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relkind = 'r' and not c.relispartition
    union all
    select u.child, i.inhparent, u.level + 1
    from up u
    join pg_catalog.pg_inherits i on i.inhrelid = u.parent
)
select cn.nspname, c.relname, pn.nspname, p.relname
from up u
join pg_catalog.pg_class c on c.oid = u.child
join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
join pg_catalog.pg_class p on p.oid = u.parent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
order by u.level, pn.nspname, p.relname
