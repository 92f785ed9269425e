with open as (select * from {table} where rolled_back_at is null)
select (select count(distinct migration_name) from open where finished_at is not null),
       (select max(migration_name) from open where finished_at is not null),
       (select count(*) || ' failed' from open where finished_at is null having count(*) > 0)
