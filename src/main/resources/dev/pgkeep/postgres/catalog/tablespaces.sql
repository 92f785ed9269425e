select spcname from pg_tablespace where spcname <> 'pg_global' order by spcname
