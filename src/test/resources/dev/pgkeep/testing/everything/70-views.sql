-- Views of all kinds; those that depend on one another in circles; materialised ones with and without data.
CREATE VIEW looks.plain (a, "B b") AS SELECT id, t FROM tables.indexed WHERE t LIKE 'text 1%';
CREATE VIEW looks.star AS SELECT i.*, g."a + b" FROM tables.indexed AS i LEFT JOIN tables.generated AS g ON g.a = i.id;
CREATE VIEW looks.secure WITH (security_barrier = true) AS SELECT * FROM looks.plain WHERE a > 5 WITH CASCADED CHECK OPTION;
CREATE VIEW looks.local_check AS SELECT a FROM looks.plain WHERE a > 7 WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW looks.counting (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counting WHERE n < 10;
CREATE VIEW looks.complicated AS
    WITH ranked AS MATERIALIZED (SELECT id, n, rank() OVER w AS place, sum(n) FILTER (WHERE id > 3) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s
        FROM tables.indexed WINDOW w AS (PARTITION BY id % 3 ORDER BY n DESC NULLS LAST))
    SELECT r.place, count(*) AS count, grouping(r.place), array_agg(DISTINCT r.id) AS ids, l.x,
        CASE WHEN r.place > 5 THEN 'many'::text ELSE E'it''s \\ few' END AS "case", percentile_cont(0.5) WITHIN GROUP (ORDER BY r.n) AS median
    FROM ranked AS r CROSS JOIN LATERAL (SELECT r.id * 2 AS x) AS l
    WHERE EXISTS (SELECT FROM tables.no_columns) AND r.id = ANY (ARRAY[1, 2, 3]) GROUP BY GROUPING SETS ((r.place, l.x), ()) HAVING count(*) > 0;
CREATE VIEW looks.sampled AS SELECT id FROM tables.indexed TABLESAMPLE system (50) REPEATABLE (1);
CREATE VIEW looks.json_rows AS SELECT j.* FROM everything.documents AS d, jsonb_to_record(d.jb) AS j(b integer, a jsonb);
CREATE VIEW looks.uses_function AS SELECT * FROM code.atomic(3);
CREATE VIEW looks.no_columns AS SELECT FROM tables.no_columns;
CREATE VIEW looks.of_xml AS SELECT x.* FROM everything.documents AS d, XMLTABLE('/a' PASSING d.x COLUMNS b text PATH '@b' DEFAULT 'none', n FOR ORDINALITY) AS x WHERE d.id = 2;
-- Grouped by a primary key: the view can only be made after the key, so the dump writes it in two steps.
CREATE VIEW looks.by_key AS SELECT id, t, count(*) FROM tables.indexed GROUP BY id;
CREATE VIEW looks.round_one AS SELECT 1 AS a, 'x'::text AS b;
CREATE VIEW looks.round_two AS SELECT a, b FROM looks.round_one;
CREATE FUNCTION looks.of_row(r looks.round_one) RETURNS integer LANGUAGE sql AS 'SELECT r.a';
CREATE OR REPLACE VIEW looks.round_one AS SELECT 2 AS a, 'y'::text AS b;
ALTER VIEW looks.plain ALTER a SET DEFAULT 5;
COMMENT ON VIEW looks.plain IS 'a view';
COMMENT ON COLUMN looks.plain."B b" IS 'its column';

CREATE MATERIALIZED VIEW looks.filled WITH (fillfactor = 90) AS SELECT id, t, n, 'tab	' AS tab FROM tables.indexed WHERE id <= 500;
CREATE UNIQUE INDEX filled_by_id ON looks.filled (id);
CREATE INDEX filled_by_lower ON looks.filled (lower(t)) WHERE n > 1;
ALTER MATERIALIZED VIEW looks.filled CLUSTER ON filled_by_id;
CREATE MATERIALIZED VIEW looks."a second step" AS SELECT count(*) AS rows, max(id) AS highest FROM looks.filled;
CREATE MATERIALIZED VIEW looks.aa_third_step AS SELECT * FROM looks."a second step" CROSS JOIN looks.by_key LIMIT 0;
CREATE MATERIALIZED VIEW looks.unfilled AS SELECT id FROM tables.indexed WITH NO DATA;
CREATE MATERIALIZED VIEW looks.from_unfilled AS SELECT id FROM looks.unfilled WITH NO DATA;
CREATE INDEX unfilled_by_id ON looks.unfilled (id);
CREATE VIEW looks.of_materialised AS SELECT f.t FROM looks.filled AS f;
COMMENT ON MATERIALIZED VIEW looks.filled IS 'filled';
