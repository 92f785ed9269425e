select count(*), max(version)::text, null from {table}
