-- An ordinary role sees of other users' connections only that they exist: their kind, client and state are null.
select pid, usename, coalesce(application_name, ''), coalesce(host(client_addr), 'local'), state,
       coalesce(state_change, backend_start, now())
from pg_stat_activity
where datname = ?
  and pid <> pg_backend_pid()
  and usename is not null
  and coalesce(backend_type, 'client backend') in ('client backend', 'walsender')
order by backend_start, pid
