CREATE EXTENSION tsm_system_rows;
CREATE VIEW looks.some_rows AS SELECT id FROM tables.indexed TABLESAMPLE system_rows (5);
