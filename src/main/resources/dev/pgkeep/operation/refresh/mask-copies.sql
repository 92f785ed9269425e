-- Materialised views that hold rows, which may be copies of what was masked; those that others are made of first.
with recursive uses as (
    select distinct w.ev_class as view, d.refobjid as used
    from pg_catalog.pg_rewrite w
    join pg_catalog.pg_depend d
        on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        and d.objid = w.oid
        and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        and d.refobjid <> w.ev_class
),
depth(oid, level) as (
    select c.oid, 0
    from pg_catalog.pg_class c
    where c.relkind = 'm'
    union
    select u.view, d.level + 1
    from depth d
    join uses u on u.used = d.oid
    where d.level < 100
)
select n.nspname, c.relname
from depth d
join pg_catalog.pg_class c on c.oid = d.oid and c.relkind = 'm' and c.relispopulated
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
group by n.nspname, c.relname
order by max(d.level), n.nspname, c.relname
