select count(*), (select name from {table} order by "timestamp" desc, id desc limit 1), null from {table}
