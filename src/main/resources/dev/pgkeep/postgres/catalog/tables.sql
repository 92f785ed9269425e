-- Asking for the size of a table takes a lock on it; where somebody rewrites it right now, an estimate must do,
-- because waiting there would hold up others.
with busy as materialized (
    select relation from pg_locks where mode = 'AccessExclusiveLock' and relation is not null
)
select n.nspname,
       c.relname,
       case when c.relkind = 'r' and c.relispartition then 'partition' else c.relkind::text end,
       -- Of one that was never analysed, the cumulative statistics may know.
       case when c.reltuples < 0 or (c.reltuples = 0 and c.relpages = 0)
            then coalesce(nullif(pg_stat_get_live_tuples(c.oid), 0), -1) else c.reltuples end::bigint,
       case when c.relkind not in ('r', 'm') then 0
            when b.busy then (c.relpages::bigint + coalesce(t.relpages, 0)) * current_setting('block_size')::int
            else coalesce(pg_table_size(c.oid), 0) end,
       case when c.relkind not in ('r', 'm') then 0
            when b.busy then c.relpages
            else coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::int end,
       coalesce(pg_relation_filenode(c.oid), 0)::bigint,
       pg_get_userbyid(c.relowner),
       e.extname,
       coalesce(c.oid = any (e.extconfig), false),
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
       c.relrowsecurity,
       c.relforcerowsecurity,
       c.relpersistence = 'u',
       -- Null for one that somebody dropped since the query began, which is no lack of rights.
       coalesce(has_table_privilege(c.oid, 'select'), true),
       row_security_active(c.oid),
       rn.nspname,
       root.relname
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_class root on c.relispartition and root.oid = pg_partition_root(c.oid)
left join pg_namespace rn on rn.oid = root.relnamespace
left join pg_class t on t.oid = c.reltoastrelid
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
cross join lateral (select exists (
    select from busy where busy.relation in (c.oid, c.reltoastrelid)) as busy) b
where c.relkind in ('r', 'p', 'f', 'm')
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
order by n.nspname, c.relname
