-- Tables of extensions whose rows are dumped, and which of them: pg_dump puts the condition behind the table's name.
select n.nspname, c.relname, x.condition
from pg_catalog.pg_extension e
cross join lateral rows from (pg_catalog.unnest(e.extconfig), pg_catalog.unnest(e.extcondition)) as x (config, condition)
join pg_catalog.pg_class c on c.oid = x.config and c.relkind = 'r'
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
