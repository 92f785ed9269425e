select count(*), (select name from {table} order by id desc limit 1), null from {table}
