CREATE EXTENSION ltree;
CREATE TABLE everything.ltrees (p ltree PRIMARY KEY, q lquery, t ltxtquery, many ltree[]);
INSERT INTO everything.ltrees VALUES ('Top.Science.Astronomy', '*.Science{1,2}.!x@', 'a & b*', '{a.b,c}'), ('', NULL, NULL, '{}');
CREATE INDEX ON everything.ltrees USING gist (p gist_ltree_ops (siglen = 100));
