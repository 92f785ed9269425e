select spcname from pg_tablespace
where spcname <> 'pg_global' and (spcname = 'pg_default' or has_tablespace_privilege(oid, 'CREATE'))
order by spcname
