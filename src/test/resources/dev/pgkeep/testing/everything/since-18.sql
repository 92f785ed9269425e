-- What PostgreSQL 18 brought.
CREATE TABLE tables.virtual (a integer, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL, stored integer GENERATED ALWAYS AS (a * 3) STORED);
INSERT INTO tables.virtual VALUES (1), (NULL), (100000000);
CREATE TABLE tables.temporal (room int4range, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
CREATE TABLE tables.temporal_child (room int4range, during daterange, FOREIGN KEY (room, PERIOD during) REFERENCES tables.temporal (room, PERIOD during));
INSERT INTO tables.temporal VALUES ('[1,1]', '[2020-01-01,2021-01-01)'), ('[1,1]', '[2021-01-01,2022-01-01)');
INSERT INTO tables.temporal_child VALUES ('[1,1]', '[2020-06-01,2021-06-01)');
CREATE TABLE tables.not_nulls (a integer, b integer CONSTRAINT "b is there" NOT NULL, c integer NOT NULL NO INHERIT, d integer);
INSERT INTO tables.not_nulls VALUES (NULL, 1, 1, -1);
ALTER TABLE tables.not_nulls ADD CONSTRAINT a_later NOT NULL a NOT VALID, ADD CONSTRAINT d_not_enforced CHECK (d > 0) NOT ENFORCED;
COMMENT ON CONSTRAINT "b is there" ON tables.not_nulls IS 'named';
CREATE TABLE tables.not_enforced (p integer, CONSTRAINT loose FOREIGN KEY (p) REFERENCES tables.chicken NOT ENFORCED);
INSERT INTO tables.not_enforced VALUES (12345);
CREATE TABLE tables.ordered_uuids (id uuid DEFAULT uuidv7(), t text COLLATE pg_unicode_fast);
INSERT INTO tables.ordered_uuids (t) VALUES ('ß'), ('SS');
