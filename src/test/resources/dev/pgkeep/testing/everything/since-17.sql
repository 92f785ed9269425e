-- What PostgreSQL 17 brought.
CREATE COLLATION others.built_in (PROVIDER = builtin, LOCALE = 'C.UTF-8');
CREATE TABLE others.collated_built_in (t text COLLATE others.built_in PRIMARY KEY);
INSERT INTO others.collated_built_in VALUES ('ä'), ('z'), ('Z');
CREATE TABLE parts.with_identity (id integer GENERATED ALWAYS AS IDENTITY, t text) PARTITION BY LIST (t);
CREATE TABLE parts.with_identity_a PARTITION OF parts.with_identity FOR VALUES IN ('a');
INSERT INTO parts.with_identity (t) VALUES ('a'), ('a');
CREATE TABLE everything.endless (i interval);
INSERT INTO everything.endless VALUES ('infinity'), ('-infinity');
CREATE VIEW looks.json_table AS
    SELECT j.* FROM everything.documents AS d, JSON_TABLE(d.jb, '$[*]' AS root COLUMNS (row FOR ORDINALITY, n integer PATH '$.n' DEFAULT -1 ON EMPTY)) AS j;
CREATE VIEW looks.json_queried AS
    SELECT JSON_VALUE(jb, '$.b' RETURNING integer DEFAULT 0 ON ERROR) AS v, JSON_EXISTS(jb, '$.a') AS e, JSON_QUERY(jb, '$.a' WITH WRAPPER) AS q FROM everything.documents;
