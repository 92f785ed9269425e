-- A version counts by its last row: undone and deleted ones are rows of their own. The head is the highest version,
-- not the last installed, because migrations may run out of order.
with last as (
    select distinct on (coalesce(version, 'R ' || script)) version, type, success
    from {table}
    where type <> 'SCHEMA'
    order by coalesce(version, 'R ' || script), installed_rank desc
), applied as (
    select version, type from last where success and type not like 'UNDO%' and type not like '%DELETE'
)
select (select count(*) from applied where type not like '%BASELINE'),
       (select version from applied
        where version ~ '^[0-9]+([._][0-9]+)*$'
        order by string_to_array(replace(version, '_', '.'), '.')::numeric[] desc limit 1),
       (select count(*) || ' failed' from last where not success having count(*) > 0)
