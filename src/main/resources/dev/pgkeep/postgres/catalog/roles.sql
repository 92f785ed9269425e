select rolname from pg_roles order by rolname
