CREATE EXTENSION bloom;
CREATE INDEX by_bloom ON tables.indexed USING bloom (id, t) WITH (length = 80, col1 = 2);
