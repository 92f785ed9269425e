-- Text search, collations, publications, large objects.
CREATE SCHEMA others;
CREATE TEXT SEARCH DICTIONARY others.our_stems (TEMPLATE = snowball, Language = german, StopWords = german);
CREATE TEXT SEARCH DICTIONARY others."Simple One" (TEMPLATE = pg_catalog.simple, Accept = false);
CREATE TEXT SEARCH CONFIGURATION others.ours (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION others.ours ALTER MAPPING FOR asciiword, word WITH others."Simple One", others.our_stems;
ALTER TEXT SEARCH CONFIGURATION others.ours DROP MAPPING FOR email, url;
CREATE TEXT SEARCH CONFIGURATION others.bare (PARSER = pg_catalog."default");
COMMENT ON TEXT SEARCH CONFIGURATION others.ours IS 'ours';
COMMENT ON TEXT SEARCH DICTIONARY others.our_stems IS 'stems';
CREATE TABLE others.searched (t text, v tsvector GENERATED ALWAYS AS (to_tsvector('others.ours', t)) STORED, c regconfig DEFAULT 'others.ours');
INSERT INTO others.searched (t) VALUES ('Die Häuser sind groß'), ('');
CREATE INDEX searched_by_words ON others.searched USING gin (to_tsvector('others.ours', t));

CREATE COLLATION others.c_by_another_name (LOCALE = 'C');
CREATE COLLATION others.copied FROM "POSIX";
COMMENT ON COLLATION others.copied IS 'POSIX';
CREATE TABLE others.collated (a text COLLATE others.c_by_another_name UNIQUE, b text[] COLLATE "POSIX");
INSERT INTO others.collated VALUES ('a', '{x}'), ('B', '{Y}'), ('ä', NULL), ('A', '{}');

CREATE PUBLICATION published FOR TABLE tables.parents, tables.chicken WITH (publish = 'insert, update');
CREATE PUBLICATION "published with 'options'" FOR TABLE ONLY parts.events WITH (publish_via_partition_root = true);
CREATE PUBLICATION "of nothing";
COMMENT ON PUBLICATION published IS 'publication';

-- Large objects keep their numbers; 4,000,000,000 is beyond a signed integer. One has a hole, one is empty.
SELECT lo_from_bytea(777001, decode((SELECT string_agg(lpad(to_hex(i), 2, '0'), '' ORDER BY i) FROM generate_series(0, 255) AS i), 'hex')),
    lo_from_bytea(777002, decode(repeat(md5('large object'), 20000), 'hex')), lo_create(777003), lo_from_bytea(4000000000, '\x5c2e0a');
SELECT lo_put(777004, 100000, '\x01') FROM lo_create(777004);
COMMENT ON LARGE OBJECT 777001 IS 'every byte; it''s \. "large"';
CREATE TABLE others.photos (name text, content oid);
INSERT INTO others.photos VALUES ('bytes', 777001), ('many', 777002), ('none', 777003), ('high', 4000000000);
