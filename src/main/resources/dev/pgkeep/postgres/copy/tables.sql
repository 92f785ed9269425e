-- No sizes: asking for one takes a lock on the table, and who holds it may be waited for no longer than for any lock.
with recursive ancestors as (
    select c.oid as leaf, i.inhparent as parent
    from pg_class c
    join pg_inherits i on i.inhrelid = c.oid
    where c.relispartition and c.relkind = 'r'
    union all
    select a.leaf, i.inhparent
    from ancestors a
    join pg_class p on p.oid = a.parent and p.relispartition
    join pg_inherits i on i.inhrelid = p.oid
),
-- A hash over these may send a row elsewhere after a restore: labels of an enum have other OIDs there, a collation may
-- come in another version, and a hash function of the user's may do anything.
unsteady as (
    select p.partrelid
    from pg_partitioned_table p
    where p.partstrat = 'h'
      and (exists (select from unnest(p.partclass) k join pg_opclass o on o.oid = k
                   join pg_namespace n on n.oid = o.opcnamespace
                   where n.nspname <> 'pg_catalog' or o.opcintype in ('anyenum'::regtype, 'anyarray'::regtype,
                       'anyrange'::regtype, 'anymultirange'::regtype, 'record'::regtype))
           or exists (select from unnest(p.partcollation) k join pg_collation l on l.oid = k
                      where not l.collisdeterministic))
),
roots as (
    select a.leaf,
           max(a.parent) filter (where not p.relispartition) as root,
           bool_or(a.parent in (select partrelid from unsteady)) as unsteady
    from ancestors a
    join pg_class p on p.oid = a.parent
    group by a.leaf
)
select c.oid,
       n.nspname,
       c.relname,
       rn.nspname,
       rc.relname,
       coalesce(r.unsteady, false),
       c.relfilenode,
       h.amhandler = 'heap_tableam_handler'::regproc,
       e.oid is not null
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_am h on h.oid = c.relam
left join roots r on r.leaf = c.oid
left join pg_class rc on rc.oid = r.root
left join pg_namespace rn on rn.oid = rc.relnamespace
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
where c.relkind = 'r'
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and (e.oid is null or c.oid = any (e.extconfig))
order by n.nspname, c.relname
