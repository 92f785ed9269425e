select c.oid::bigint,
       n.nspname,
       c.relname,
       c.relkind = 'p',
       case when c.relkind = 'p' then coalesce((select sum(greatest(l.reltuples, 0)) from pg_partition_tree(c.oid) t
                                                join pg_class l on l.oid = t.relid and t.isleaf), 0)
            else c.reltuples end::bigint,
       exists (select from pg_rewrite r where r.ev_class = c.oid and r.ev_type in ('2', '3', '4')),
       array(select case hn.nspname when 'public' then '' else hn.nspname || '.' end || h.relname from pg_inherits i
             join pg_class h on h.oid = i.inhrelid and not h.relispartition join pg_namespace hn on hn.oid = h.relnamespace
             where i.inhparent = c.oid order by 1)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and not c.relispartition
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
order by n.nspname, c.relname
