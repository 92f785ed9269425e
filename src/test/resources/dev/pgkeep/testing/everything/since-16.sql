-- What PostgreSQL 16 brought.
CREATE TABLE tables.storage_at_once (a text STORAGE EXTERNAL COMPRESSION pglz, b numeric DEFAULT 0x_ff + 1_000);
INSERT INTO tables.storage_at_once VALUES ('a');
CREATE VIEW looks.json_built AS
    SELECT JSON_OBJECT('a': 1, 'b': JSON_ARRAY(1, 2) NULL ON NULL WITH UNIQUE KEYS) AS o, JSON_ARRAYAGG(id ORDER BY id) AS ids, any_value(t) AS t,
        bool_and(t IS JSON SCALAR) AS scalar FROM tables.indexed;
