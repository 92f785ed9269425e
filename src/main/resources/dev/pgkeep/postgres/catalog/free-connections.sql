-- What is set aside for superusers is theirs alone; the limits of a role and of a database do not hold for them.
-- Settings and columns that a version does not have count as none.
select greatest(0, least(
    current_setting('max_connections')::int
        - case when r.rolsuper then 0
               else current_setting('superuser_reserved_connections')::int
                    + coalesce(current_setting('reserved_connections', true), '0')::int end
        - (select count(*) from pg_stat_activity where backend_type = 'client backend'),
    case when not r.rolsuper and r.rolconnlimit >= 0 then r.rolconnlimit
        - (select count(*) from pg_stat_activity where usename = r.rolname and backend_type = 'client backend') end,
    case when not r.rolsuper and d.datconnlimit >= 0 then d.datconnlimit
        - (select count(*) from pg_stat_activity where datname = d.datname and backend_type = 'client backend') end))
from pg_roles r, pg_database d
where r.rolname = session_user and d.datname = current_database()
