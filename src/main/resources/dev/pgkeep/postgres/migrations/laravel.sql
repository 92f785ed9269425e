select count(*), (select migration from {table} order by id desc limit 1), null from {table}
