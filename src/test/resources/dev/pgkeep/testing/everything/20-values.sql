-- Every built-in type that can be a column, with the values at its edges.
CREATE TABLE everything.numbers (
    id integer PRIMARY KEY, si smallint, i integer, bi bigint, n numeric, n_scale numeric(38, 10), n_round numeric(4, 0),
    r real, d double precision, m money, b boolean);
INSERT INTO everything.numbers VALUES
    (1, -32768, -2147483648, -9223372036854775808, 'NaN', 1234567890123456789012345678.0123456789, 9999, 'NaN', 'NaN',
        '-92233720368547758.08', true),
    (2, 32767, 2147483647, 9223372036854775807, 'Infinity', -0.0000000001, -9999, 'Infinity', 'Infinity',
        '92233720368547758.07', false),
    (3, 0, 0, 0, '-Infinity', 0, 0, '-Infinity', '-Infinity', 0, NULL),
    (4, 1, 1, 1, ('9' || repeat('0', 131070) || '7')::numeric, 1, 1, '-0', '-0', 1, true),
    (5, 1, 1, 1, ('0.' || repeat('0', 16000) || '1')::numeric, 1, 1, '1e-45', '4.9e-324', 1, true),
    (6, 1, 1, 1, ('-' || repeat('123456789', 1000) || '.' || repeat('987654321', 1000))::numeric, 1, 1, '3.4028235e38',
        '1.7976931348623157e308', 1, true),
    (7, 1, 1, 1, 1.10, 1.1, 1, 0.1, 0.1, 1, true),
    (8, 1, 1, 1, 1.1000, 1.1, 1, '0.30000001', '0.30000000000000004', 1, true),
    (9, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE everything.texts (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, t text, v varchar, v5 varchar(5), c char(5), one "char", n name);
INSERT INTO everything.texts (t, v, v5, c, one, n) VALUES
    ('', '', '', '', '', ''),
    (NULL, NULL, NULL, NULL, NULL, NULL),
    (E'\\.', E'\\.', E'\\.', E'\\.', E'\\', E'\\.'),
    (E'line\n\\.\nline', E'\\N', E'\\N', E'\\N', 'N', E'\\N'),
    (E'\t tab \r return \r\n both \b \f \v \x01 \x7f', E'\n', E'\t', E' a ', E'\t', E'\n'),
    (E'\\t \\n \\\\ \\x41 \\101', 'NULL', 'null', 'NULL', '"', 'null'),
    (E'''single'' "double" `back` $$dollar$$ $1 %s {curly} ? ; -- no comment /* nor */', ',', ';', '''', '''', '"'),
    (U&'Gr\00FC\00DFe, \4F60\597D, \05E9\05DC\05D5\05DD, \+01F469\200D\+01F469\200D\+01F467 \+01F642', '🙂', '🙂🙂🙂🙂🙂', 'äöüß ', 'x', 'Ünïcode 🙂'),
    (U&'composed \00E9, decomposed e\0301, zero width \200B, BOM \FEFF, highest \+10FFFF', ' leading', '  x  ', '  x', ' ', ' n '),
    (E'\\copy everything.texts FROM stdin;\n1\t2\n\\.\nDROP TABLE everything.texts;\n\\! true', E'\\restrict x', 'x', 'x', 'x', 'x'),
    ((SELECT string_agg(chr(c), '' ORDER BY c) FROM generate_series(1, 1023) AS c), 'x', 'x', 'x', 'x', repeat('n', 63)),
    (repeat('abcdefghij', 100000), 'compressible', 'x', 'x', 'x', 'x'),
    ((SELECT string_agg(md5(i::text), '' ORDER BY i) FROM generate_series(1, 20000) AS i), 'toasted', 'x', 'x', 'x', 'x');
-- PostgreSQL 14 writes the upper half of "char" as bytes that are no UTF-8, and cannot read them back itself.
INSERT INTO everything.texts (t, one) SELECT 'char ' || i, i::"char"
    FROM generate_series(CASE WHEN current_setting('server_version_num')::integer < 150000 THEN 0 ELSE -128 END, 127) AS i;

CREATE TABLE everything.bytes (id integer PRIMARY KEY, b bytea);
INSERT INTO everything.bytes VALUES (1, ''), (2, NULL), (3, '\x00'), (4, E'\\\\.'::bytea), (5, '\x5c2e0a'),
    (6, (SELECT decode(string_agg(lpad(to_hex(i), 2, '0'), '' ORDER BY i), 'hex') FROM generate_series(0, 255) AS i)),
    (7, (SELECT decode(string_agg(md5(i::text), '' ORDER BY i), 'hex') FROM generate_series(1, 10000) AS i)),
    (8, decode(repeat('00', 100000), 'hex'));

CREATE TABLE everything.times (
    id integer PRIMARY KEY, d date, t time, t0 time(0), tz timetz, ts timestamp, ts3 timestamp(3), tstz timestamptz,
    iv interval, iv_ym interval year to month, iv_ds interval day to second(3));
INSERT INTO everything.times VALUES
    (1, 'infinity', '00:00', '00:00', '00:00+15:59:59', 'infinity', 'infinity', 'infinity', '0', '0', '0'),
    (2, '-infinity', '24:00', '24:00', '24:00-15:59:59', '-infinity', '-infinity', '-infinity', '178000000 years',
        '178000000 years', '-2147483648 days'),
    (3, '4713-01-01 BC', '23:59:59.999999', '12:34:56', '23:59:59.999999+05:45', '4713-01-01 00:00:00 BC',
        '0001-12-31 23:59:59.999 BC', '4713-01-02 00:00:00+00 BC', '-1 mon +1 day -00:00:00.000001', '-1 month', '1.001 s'),
    (4, '5874897-12-31', '00:00:00.000001', '00:00:01', '00:00:00.000001-00:30', '294276-12-31 23:59:59.999999',
        '294276-12-31 23:59:59.999', '294276-12-31 23:59:59.999999+00', '1 year 2 months 3 days 04:05:06.789', '1-2', '1 d'),
    (5, '0001-01-01', '12:00', '12:00', '12:00Z', '1582-10-10', '1883-11-18 12:03:58', '1883-11-18 12:03:57-04:56:02',
        '2000000000:00:54.775807', '14 mons', '23:59:60'),
    (6, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE everything.documents (id integer PRIMARY KEY, j json, jb jsonb, jp jsonpath, x xml);
INSERT INTO everything.documents VALUES
    (1, '{"b": 1, "a" : [1,2.50,1e2], "b":2,  "kept": "as written"}', '{"b": 1, "a": [1, 2.50, 1e2], "b": 2}', '$', '<a/>'),
    (2, 'null', 'null', 'strict $.a[*] ? (@.b > 1 && @.c like_regex "^x\\.$" flag "i")', '<?xml version="1.0"?><a b="c">d</a>'),
    (3, '"\u0041 \\ \" \n \ud83d\ude42"', '"\u0041 \\ \" \n \ud83d\ude42"', '$."odd key"[last].size() + 1', '<b>&lt;</b>'),
    (4, '[]', '[]', '$.a.b.c', '<!-- c --><a><![CDATA[ <x> ]]></a>'),
    (5, '{}', '{}', '$[0 to 3, 7]', ''),
    (6, '1e400', '12345678901234567890.123456789012345678901234567890', '$var', '<ü>🙂</ü>'),
    (7, '""', '{"": {"": [[[[]]]]}}', 'lax $', '<!DOCTYPE a [<!ELEMENT a EMPTY>]><a/>'),
    (8, (SELECT '[' || string_agg('{"n":' || i || '}', ',') || ']' FROM generate_series(1, 20000) AS i)::json,
        (SELECT jsonb_object_agg('key ' || i, md5(i::text)) FROM generate_series(1, 5000) AS i), '$', '<a/>'),
    (9, NULL, NULL, NULL, NULL);
UPDATE everything.documents SET x = xmlparse(CONTENT 'a &amp; b <c/>') WHERE id = 3;

CREATE TABLE everything.searches (id integer PRIMARY KEY, v tsvector, q tsquery);
INSERT INTO everything.searches VALUES
    (1, 'a:1A fat:2B,4C cat:5D', 'fat & (cat | rat) & !dog'), (2, '', ''), (3, NULL, NULL),
    (4, $$'it''s' 'back\\slash' 'with space':16383$$, $$'it''s':AB & 'x':* & 'two' <-> 'words' <3> 'apart'$$),
    (5, to_tsvector('english', 'The quick brown foxes jumped over the lazy dogs'), to_tsquery('english', 'jumping & dogs')),
    (6, (SELECT string_agg('w' || i || ':' || i, ' ') FROM generate_series(1, 3000) AS i)::tsvector, 'w1');

CREATE TABLE everything.networks (id integer PRIMARY KEY, i inet, c cidr, m macaddr, m8 macaddr8, u uuid);
INSERT INTO everything.networks VALUES
    (1, '0.0.0.0/0', '0.0.0.0/0', '00:00:00:00:00:00', '00:00:00:00:00:00:00:00', '00000000-0000-0000-0000-000000000000'),
    (2, '192.168.1.5/24', '192.168.0.0/16', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff:ff:ff', 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
    (3, '::ffff:1.2.3.4/128', '2001:db8::/32', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
    (4, '2001:db8::1/64', '::1/128', NULL, NULL, NULL), (5, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE everything.bits (id integer PRIMARY KEY, b1 bit, b8 bit(8), v varbit, v5 varbit(5));
INSERT INTO everything.bits VALUES (1, B'0', B'10101010', B'', B''), (2, B'1', X'FF', repeat('10', 5000)::varbit, B'11111'),
    (3, NULL, NULL, NULL, NULL);

CREATE TABLE everything.shapes (id integer PRIMARY KEY, p point, l line, s lseg, b box, pa path, po polygon, c circle);
INSERT INTO everything.shapes VALUES
    (1, '(0,0)', '{1,-1,0}', '[(0,0),(1,1)]', '(1,1),(0,0)', '[(0,0),(1,1),(2,0)]', '((0,0),(1,1),(2,0))', '<(0,0),1>'),
    (2, '(-0,1e308)', '{0,1,-5.5}', '[(1,1),(1,1)]', '(0,0),(0,0)', '((0,0),(1,1),(2,0))', '((0,0))', '<(0,0),0>'),
    (3, '(NaN,Infinity)', '{1,0,0.1}', '[(NaN,0),(0,-Infinity)]', '(Infinity,Infinity),(-Infinity,-Infinity)', '[(0,0)]',
        '((1e-300,0.1),(0.30000000000000004,2))', '<(1,2),Infinity>'),
    (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE everything.ranges (
    id integer PRIMARY KEY, i4 int4range, i8 int8range, n numrange, ts tsrange, tz tstzrange, d daterange,
    mi4 int4multirange, mi8 int8multirange, mn nummultirange, mts tsmultirange, mtz tstzmultirange, md datemultirange,
    own everything.time_range, own_many everything.many_times, own_text everything.text_range);
INSERT INTO everything.ranges VALUES
    (1, 'empty', 'empty', 'empty', 'empty', 'empty', 'empty', '{}', '{}', '{}', '{}', '{}', '{}', 'empty', '{}', 'empty'),
    (2, '(,)', '(,)', '(,)', '(,)', '(,)', '(,)', '{(,)}', '{(,)}', '{(,)}', '{(,)}', '{(,)}', '{(,)}', '(,)', '{(,)}', '(,)'),
    (3, '[1,5)', '(,9223372036854775807)', '[1.10,2.20]', '["2020-01-01 00:00",infinity]',
        '(-infinity,"2020-01-01 00:00+02")', '[2020-01-01,2020-12-31]', '{[1,2),[5,9)}', '{[1,1]}', '{[1.0,2),(3,)}',
        '{["2020-01-01","2020-01-02")}', '{["2020-01-01 00:00Z","2020-01-02 00:00Z")}', '{[2020-01-01,2020-02-01)}',
        '[08:00,12:30)', '{[08:00,12:00),[13:00,17:00)}', '["a,b","c""d\\e")'),
    (4, NULL, NULL, '[NaN,NaN]', NULL, NULL, '[-infinity,infinity]', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '["",z]');

CREATE TABLE everything.arrays (
    id integer PRIMARY KEY, i integer[], fixed integer[3][3], t text[], b bytea[], n numeric[], j jsonb[], ts timestamptz[],
    bo boolean[], bx box[], m everything.mood[], a everything.address[], r int4range[], v int2vector, ov oidvector);
INSERT INTO everything.arrays VALUES
    (1, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '', ''),
    (2, '{1,NULL,3}', '{{1,2,3},{4,5,6},{7,8,9}}', ARRAY['', NULL, 'NULL', 'null', '"', '\', '{', '}', ',', ' ', E'\n', '🙂'],
        ARRAY['\x00'::bytea, '\x5c22'], '{NaN,1.10,-Infinity}', ARRAY['{"a": "b\"c"}'::jsonb, 'null', NULL],
        '{infinity,"2020-01-01 00:00+00",NULL}', '{t,f,NULL}', '{(1,1),(0,0);(2,2),(1,1)}',
        ARRAY['sad', 'it''s "great"', '', NULL]::everything.mood[],
        ARRAY[ROW('O''Hara "St"', '12,b', '(1,2)', NULL)::everything.address, NULL], '{"[1,2)",empty}', '1 2 3', '1 2 4294967295'),
    (3, '[-3:-1]={1,2,3}', '[0:1][5:6]={{1,2},{3,4}}', '[2:3]={a,b}', NULL, '{{{1},{2}},{{3},{4}}}', NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL),
    (4, '{{{{{{1}}}}}}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (5, (SELECT array_agg(g) FROM generate_series(1, 50000) AS g), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL);

CREATE TABLE everything.system_values (
    id integer PRIMARY KEY, o oid, td tid, x xid, x8 xid8, c cid, lsn pg_lsn, ps pg_snapshot, ts txid_snapshot,
    rc regclass, rt regtype, rp regproc, rpd regprocedure, ro regoper, rod regoperator, rn regnamespace, rr regrole,
    rcfg regconfig, rd regdictionary, rcol regcollation, acl aclitem, cur refcursor);
INSERT INTO everything.system_values VALUES
    (1, 0, '(0,0)', '0', '0', '0', '0/0', '1:1:', '1:1:', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0',
        '=r/pg_monitor', ''),
    (2, 4294967295, '(4294967295,65535)', '4294967295', '18446744073709551615', '4294967295', 'FFFFFFFF/FFFFFFFF',
        '10:20:10,14,15', '10:20:10,14,15', 'everything.texts', 'everything.mood', 'pg_catalog.now',
        'pg_catalog.abs(integer)', 'pg_catalog.||/', 'pg_catalog.+(integer,integer)', 'everything', 'pg_monitor',
        'pg_catalog.english', 'pg_catalog.simple', '"C"', 'pg_monitor=r*w/pg_monitor', 'a "cursor"'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'pg_class', 'integer[]', 'everything.time_difference', NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

CREATE TABLE everything.own_types (
    id integer PRIMARY KEY, m everything.mood DEFAULT 'ok', p everything.positive, e everything.email, u everything.unchecked,
    ms everything.moods, a everything.address, who everything.person, nothing everything.no_fields, o everything.office_hours,
    ps everything.positive[]);
INSERT INTO everything.own_types (id, m, p, u, ms, a, who, nothing, o, ps) VALUES
    (1, 'so-so', 1, 12, '{sad,meh}', ROW('', NULL, NULL, E'tab\t'), ROW('Zoë "Z" O''Neil', ROW('a,b', '(1)', '(1,2)', ' '),
        '0044-03-15 BC', 'Übermütig 🙂'), ROW(), '[08:00,17:00]', '{1,2}'),
    (2, '', 2147483647, -1, '{}', ROW(NULL, NULL, NULL, NULL), ROW(NULL, ROW(NULL, NULL, NULL, NULL), NULL, NULL), NULL, NULL, '{}'),
    (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
