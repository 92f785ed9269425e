CREATE EXTENSION tablefunc;
CREATE VIEW looks.crosstab AS SELECT * FROM crosstab('SELECT 1, 2, 3') AS c(a integer, b integer);
