select
    exists (
        select from pg_db_role_setting c, unnest(c.setconfig) entry
        where c.setdatabase = d.oid and c.setrole = 0
          and lower(split_part(entry, '=', 1)) = 'pgkeep.protected'
          and lower(substr(entry, strpos(entry, '=') + 1)) not in ('off', 'false', 'no', '0', '')),
    coalesce(strpos(shobj_description(d.oid, 'pg_database'), '[protected by pgkeep]') > 0, false),
    shobj_description(d.oid, 'pg_database')
from pg_database d
where d.datname = ?
