-- As pg_terminate_backend decides: superusers may end all, others what they could become, and with pg_signal_backend
-- everybody but superusers. Workers of autovacuum have no role; the server ends them by itself.
select a.pid, r.rolname, coalesce(a.application_name, ''), coalesce(host(a.client_addr), 'local'),
       me.rolsuper
       or not r.rolsuper and (pg_has_role(r.oid, 'usage') or pg_has_role('pg_signal_backend', 'usage'))
from pg_stat_activity a
join pg_roles r on r.oid = a.usesysid
join pg_roles me on me.rolname = current_user
where a.datid = ?::oid
  and a.pid <> pg_backend_pid()
order by a.pid
