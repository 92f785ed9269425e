CREATE EXTENSION postgres_fdw;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'example.com', dbname 'it''s', port '5432');
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere OPTIONS (user 'somebody', password 'not a real one');
CREATE FOREIGN TABLE tables.elsewhere (id integer OPTIONS (column_name 'ID'), t text) SERVER elsewhere OPTIONS (schema_name 'x', table_name 'y');
