select distinct t.spcname
from pg_tablespace t
where t.oid in (select reltablespace from pg_class where not relisshared)
   or t.oid = (select dattablespace from pg_database where datname = current_database())
order by t.spcname
