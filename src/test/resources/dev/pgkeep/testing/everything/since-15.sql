-- What PostgreSQL 15 brought.
CREATE TABLE tables.nulls_once (a integer, b integer, CONSTRAINT null_once UNIQUE NULLS NOT DISTINCT (a, b), n numeric(3, -2), f numeric(2, 4));
CREATE UNIQUE INDEX nulls_once_b ON tables.nulls_once (b) NULLS NOT DISTINCT;
INSERT INTO tables.nulls_once VALUES (1, NULL, 12345, 0.0012), (NULL, 1, -99900, 0.0099);
ALTER TABLE tables.children ADD CONSTRAINT null_a_only FOREIGN KEY (b, a) REFERENCES tables.parents ON DELETE SET NULL (a);
CREATE VIEW looks.invoker WITH (security_invoker = true, security_barrier = true) AS SELECT id FROM tables.indexed;
CREATE UNLOGGED SEQUENCE tables.unlogged_sequence;
CREATE PUBLICATION of_columns FOR TABLE tables.indexed (id, t) WHERE (id > 10 AND t <> 'it''s');
