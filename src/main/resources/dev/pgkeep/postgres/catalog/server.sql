select current_setting('server_version'),
       current_setting('server_version_num')::int,
       current_setting('server_encoding'),
       pg_is_in_recovery(),
       current_user,
       coalesce(r.rolsuper, false),
       coalesce(r.rolcreatedb, false),
       coalesce(r.rolbypassrls, false),
       has_function_privilege('pg_catalog.pg_control_system()', 'execute'),
       host(inet_server_addr()),
       (select setting from pg_settings where name = 'data_directory')
from (values (1)) one
left join pg_roles r on r.rolname = current_user
