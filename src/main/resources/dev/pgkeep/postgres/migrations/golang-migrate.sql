-- One row with the newest version; how many came before is not stored.
select -1, max(version)::text, (select 'dirty: the last migration failed halfway' from {table} where dirty limit 1)
from {table}
