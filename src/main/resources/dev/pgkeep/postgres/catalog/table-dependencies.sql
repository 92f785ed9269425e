-- What cannot be created where another table or view is missing: views, foreign keys, children. An unqualified pattern
-- of pg_dump means what is visible on the search path.
with link (needing, what, needed) as (
    select distinct r.ev_class, case v.relkind when 'm' then 'materialized view' else 'view' end, d.refobjid
    from pg_rewrite r
    join pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
        and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
    union all
    select conrelid, 'foreign key ' || quote_ident(conname), confrelid
    from pg_constraint
    where contype = 'f' and conparentid = 0 and conrelid <> confrelid
    union all
    select i.inhrelid, case when p.relkind = 'p' then 'partition' else 'child' end, i.inhparent
    from pg_inherits i
    join pg_class p on p.oid = i.inhparent and p.relkind in ('r', 'p', 'f')
)
select n.nspname, c.relname, pg_table_is_visible(c.oid), l.what, fn.nspname, f.relname, pg_table_is_visible(f.oid)
from link l
join pg_class c on c.oid = l.needing
join pg_namespace n on n.oid = c.relnamespace
join pg_class f on f.oid = l.needed and f.relkind in ('r', 'p', 'v', 'm', 'f')
join pg_namespace fn on fn.oid = f.relnamespace
where c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and fn.nspname !~ '^pg_'
  and fn.nspname <> 'information_schema'
order by fn.nspname, f.relname, n.nspname, c.relname, l.what
