CREATE SCHEMA "extension's schema";
CREATE EXTENSION hstore SCHEMA "extension's schema";
CREATE TABLE everything.hstores (id integer PRIMARY KEY, h "extension's schema".hstore);
INSERT INTO everything.hstores VALUES (1, ''), (2, 'a=>1, "b c"=>NULL, "quo\"te"=>"back\\slash", ""=>""'), (3, NULL);
CREATE INDEX ON everything.hstores USING gin (h);
