select name, default_version from pg_available_extensions order by name
