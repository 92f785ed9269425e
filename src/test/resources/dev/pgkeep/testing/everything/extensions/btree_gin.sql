CREATE EXTENSION btree_gin;
CREATE INDEX by_gin_and_number ON tables.indexed USING gin (n, tags);
