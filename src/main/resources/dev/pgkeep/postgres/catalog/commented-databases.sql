select d.datname,
       d.oid::bigint,
       shobj_description(d.oid, 'pg_database'),
       case when has_database_privilege(d.oid, 'connect') or pg_has_role('pg_read_all_stats', 'usage')
            then pg_database_size(d.oid) else -1 end,
       pg_has_role(d.datdba, 'usage'),
       d.datistemplate,
       (select count(*) from pg_stat_activity a
        where a.datid = d.oid and a.usename is not null
          and coalesce(a.backend_type, 'client backend') = 'client backend'
          and a.pid <> pg_backend_pid())
from pg_database d
where d.datname ~ ?
order by d.datname
