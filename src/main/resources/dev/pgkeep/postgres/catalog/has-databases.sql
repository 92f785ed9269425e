select exists (select from pg_database d where d.datname ~ ?)
