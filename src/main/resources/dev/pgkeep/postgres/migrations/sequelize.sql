select count(*), max(name), null from {table}
