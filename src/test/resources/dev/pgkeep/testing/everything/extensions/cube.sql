CREATE EXTENSION cube;
CREATE TABLE everything.cubes (c cube);
INSERT INTO everything.cubes VALUES ('(1,2,3),(4,5,6.000000000000001)'), ('()'), ('(1e300)'), (NULL);
CREATE INDEX ON everything.cubes USING gist (c);
