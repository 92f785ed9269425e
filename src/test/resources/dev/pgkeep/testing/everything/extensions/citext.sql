CREATE EXTENSION citext;
CREATE TABLE everything.citexts (c citext PRIMARY KEY CHECK (c <> 'never'), a citext[] DEFAULT '{A,b}');
INSERT INTO everything.citexts VALUES ('Anna'), ('BEN'), ('');
CREATE MATERIALIZED VIEW looks.citexts AS SELECT count(*) FROM everything.citexts WHERE c = 'anna'::citext;
