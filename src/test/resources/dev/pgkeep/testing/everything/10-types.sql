-- Schemas and the types of our own that later files use.
CREATE SCHEMA everything;
CREATE SCHEMA code;
CREATE SCHEMA looks;
CREATE SCHEMA "empty schema";
COMMENT ON SCHEMA everything IS 'Values of every type';
COMMENT ON SCHEMA "empty schema" IS E'It''s "empty"\nand its comment has two lines, a tab\t, a backslash \\ and 🙂';

CREATE TYPE everything.mood AS ENUM ('sad', 'ok', 'it''s "great"', '', 'Übermütig 🙂', 'with
newline');
CREATE TYPE everything.no_labels AS ENUM ();
ALTER TYPE everything.mood ADD VALUE 'so-so' BEFORE 'ok';
ALTER TYPE everything.mood ADD VALUE 'meh' BEFORE 'so-so';
COMMENT ON TYPE everything.mood IS 'The order of labels is not the order of their oids';

CREATE DOMAIN everything.positive AS integer CONSTRAINT "must be > 0" CHECK (VALUE > 0);
CREATE DOMAIN everything.email AS text COLLATE "C" DEFAULT 'nobody@example.com' NOT NULL CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$');
CREATE DOMAIN everything.unchecked AS integer;
CREATE DOMAIN everything.moods AS everything.mood[] CHECK (cardinality(VALUE) < 10);
COMMENT ON DOMAIN everything.positive IS 'more than nothing';
COMMENT ON CONSTRAINT "must be > 0" ON DOMAIN everything.positive IS 'zero is not enough';

CREATE TYPE everything.address AS (street text, "house number" varchar(10), geo point, tags text[]);
CREATE TYPE everything.person AS (name text, home everything.address, born date, mood everything.mood);
CREATE TYPE everything.no_fields AS ();
COMMENT ON COLUMN everything.address."house number" IS 'may hold letters';
ALTER TYPE everything.address ADD ATTRIBUTE zip text, DROP ATTRIBUTE tags;

CREATE FUNCTION everything.time_difference(a time, b time) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT extract(epoch FROM a - b)::float8';
CREATE TYPE everything.time_range AS RANGE (subtype = time, subtype_diff = everything.time_difference,
    multirange_type_name = everything.many_times);
CREATE TYPE everything.text_range AS RANGE (subtype = text, collation = "C");
CREATE DOMAIN everything.office_hours AS everything.time_range CHECK (VALUE <@ everything.time_range('06:00', '22:00'));
ALTER DOMAIN everything.unchecked ADD CONSTRAINT not_thirteen CHECK (VALUE <> 13) NOT VALID;
