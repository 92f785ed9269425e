select pid, usename, coalesce(application_name, ''), coalesce(host(client_addr), 'local'), state,
       coalesce(state_change, backend_start, now())
from pg_stat_activity
where datname = ?
  and pid <> pg_backend_pid()
  and backend_type in ('client backend', 'walsender')
order by backend_start, pid
