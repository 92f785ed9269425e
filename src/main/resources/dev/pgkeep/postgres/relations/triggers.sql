-- Triggers on partitions count for their table; those of constraints are the server's own.
select coalesce(pg_partition_root(t.tgrelid), t.tgrelid)::bigint,
       t.tgname,
       array_remove(array[case when t.tgtype & 4 <> 0 then 'insert' end, case when t.tgtype & 8 <> 0 then 'delete' end,
                          case when t.tgtype & 16 <> 0 then 'update' end, case when t.tgtype & 32 <> 0 then 'truncate' end],
                    null)
from pg_trigger t
where not t.tgisinternal
  and t.tgenabled in ('O', 'A')
group by 1, 2, t.tgtype
order by 1, 2
