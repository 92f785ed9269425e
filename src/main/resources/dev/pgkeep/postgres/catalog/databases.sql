select d.datname,
       pg_get_userbyid(d.datdba),
       case when has_database_privilege(d.oid, 'connect') or pg_has_role('pg_read_all_stats', 'usage')
            then pg_database_size(d.oid) else -1 end,
       d.datistemplate,
       d.datallowconn and d.datconnlimit <> -2 and has_database_privilege(d.oid, 'connect'),
       (select count(*) from pg_stat_activity a
        where a.datid = d.oid and a.usename is not null
          and coalesce(a.backend_type, 'client backend') = 'client backend'
          and a.pid <> pg_backend_pid()),
       exists (
           select from pg_db_role_setting c, unnest(c.setconfig) entry
           where c.setdatabase = d.oid and c.setrole = 0
             and lower(split_part(entry, '=', 1)) = 'pgkeep.protected'
             and lower(substr(entry, strpos(entry, '=') + 1)) not in ('off', 'false', 'no', '0', ''))
       or coalesce(strpos(shobj_description(d.oid, 'pg_database'), '[protected by pgkeep]') > 0, false),
       d.datallowconn,
       d.datconnlimit = -2
from pg_database d
order by d.datname
