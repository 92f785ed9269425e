select pg_database_size(oid) from pg_database where datname = current_database()
