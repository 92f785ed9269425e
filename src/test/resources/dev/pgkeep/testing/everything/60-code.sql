-- Functions, procedures, aggregates, operators, casts, triggers, rules.
CREATE FUNCTION code.add(a integer, b integer DEFAULT 1) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT a + b';
CREATE FUNCTION code.add(a text, b text) RETURNS text LANGUAGE sql STABLE
    SET search_path = code, pg_temp SET work_mem = '8MB' AS $q$ SELECT a || '$$' || b $q$;
CREATE FUNCTION code.returns_body(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a * 2;
CREATE FUNCTION code.polymorphic(a anyelement, VARIADIC rest anyarray, OUT first anyelement, OUT n integer)
    LANGUAGE plpgsql SECURITY DEFINER AS $body$
DECLARE
    note CONSTANT text := E'tab\t\\backslash $1 ''quote''';
BEGIN
    /* a comment; with 'quotes' and a \. line:
\.
    */
    first := a;
    n := cardinality(rest);
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE '% %%', note;
END
$body$;
CREATE FUNCTION code.set_of() RETURNS SETOF everything.address LANGUAGE sql AS 'SELECT * FROM tables.of_type';
CREATE PROCEDURE code.do_nothing(INOUT a integer, b text DEFAULT 'it''s') LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
-- Quoted, because the JDBC driver does not find the end of bodies that are not.
DO $do$
BEGIN
    EXECUTE $$ CREATE FUNCTION code.atomic(limit_ integer) RETURNS TABLE (id integer, t text) LANGUAGE sql STABLE ROWS 10
    BEGIN ATOMIC SELECT i.id, i.t FROM tables.indexed AS i WHERE i.id <= limit_; END $$;
    EXECUTE $$ CREATE PROCEDURE code.atomic_procedure(a integer) LANGUAGE sql BEGIN ATOMIC DELETE FROM tables.no_rows WHERE id = a; INSERT INTO tables.no_rows VALUES (a, 'x'); END $$;
END
$do$;
CREATE FUNCTION code.newline_body() RETURNS text LANGUAGE sql AS E'SELECT ''a\r\nb''';
COMMENT ON FUNCTION code.add(integer, integer) IS 'adds';
COMMENT ON PROCEDURE code.do_nothing(integer, text) IS 'nothing';

CREATE AGGREGATE code.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE);
CREATE AGGREGATE code.moving(float8) (SFUNC = float8pl, STYPE = float8, MSFUNC = float8pl, MINVFUNC = float8mi, MSTYPE = float8, INITCOND = '0');
CREATE AGGREGATE code.every_argument(VARIADIC text[]) (SFUNC = array_cat, STYPE = text[], INITCOND = '{}');
COMMENT ON AGGREGATE code.total(integer) IS 'sum by another name';

CREATE TYPE code.amount AS (cents bigint, currency char(3));
CREATE FUNCTION code.amount_less(a code.amount, b code.amount) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a.cents < b.cents';
CREATE FUNCTION code.amount_more(a code.amount, b code.amount) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a.cents > b.cents';
CREATE FUNCTION code.amount_same(a code.amount, b code.amount) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a.cents = b.cents';
CREATE FUNCTION code.amount_negative(a code.amount) RETURNS code.amount LANGUAGE sql IMMUTABLE AS 'SELECT ROW(-a.cents, a.currency)::code.amount';
CREATE OPERATOR code.<<< (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_less, COMMUTATOR = OPERATOR(code.>>>), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR code.>>> (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_more, COMMUTATOR = OPERATOR(code.<<<));
CREATE OPERATOR code.=== (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_same, COMMUTATOR = OPERATOR(code.===), RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR code.!@#~ (RIGHTARG = code.amount, FUNCTION = code.amount_negative);
CREATE OPERATOR code.?& (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_same);
COMMENT ON OPERATOR code.<<< (code.amount, code.amount) IS 'less';
CREATE FUNCTION code.amount_of(a numeric) RETURNS code.amount LANGUAGE sql IMMUTABLE AS $$ SELECT ROW((a * 100)::bigint, 'EUR')::code.amount $$;
CREATE FUNCTION code.numeric_of(a code.amount) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT a.cents / 100.0 $$;
CREATE CAST (numeric AS code.amount) WITH FUNCTION code.amount_of(numeric) AS ASSIGNMENT;
CREATE CAST (code.amount AS numeric) WITH FUNCTION code.numeric_of(code.amount) AS IMPLICIT;
CREATE CAST (everything.address AS bytea) WITH INOUT;
COMMENT ON CAST (numeric AS code.amount) IS 'cents';
CREATE TABLE code.priced (id integer PRIMARY KEY, price code.amount DEFAULT ROW(100, 'EUR')::code.amount, CHECK (price OPERATOR(code.>>>) ROW(0, 'EUR')::code.amount));
INSERT INTO code.priced VALUES (1, ROW(250, 'EUR')), (2, 12.34), (3, NULL);
CREATE INDEX by_numeric ON code.priced (code.numeric_of(price));

-- Triggers that would change or refuse the rows if they fired while the data is loaded.
CREATE TABLE code.watched (id integer PRIMARY KEY, t text, changes integer DEFAULT 0, UNIQUE (t));
CREATE TABLE code.log (at integer GENERATED ALWAYS AS IDENTITY, what text);
CREATE FUNCTION code.count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changes := coalesce(NEW.changes, 0) + 1; RETURN NEW; END $$;
CREATE FUNCTION code.write_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO code.log (what) VALUES (format('%s %s %s', TG_NAME, TG_OP, TG_LEVEL));
    RETURN NULL;
END $$;
CREATE FUNCTION code.write_view() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO code.watched VALUES (NEW.id, NEW.t); RETURN NEW; END $$;
CREATE TRIGGER changed BEFORE INSERT OR UPDATE ON code.watched FOR EACH ROW EXECUTE FUNCTION code.count_changes();
CREATE TRIGGER logged AFTER INSERT OR DELETE ON code.watched FOR EACH STATEMENT EXECUTE FUNCTION code.write_log();
CREATE TRIGGER emptied AFTER TRUNCATE ON code.watched FOR EACH STATEMENT EXECUTE FUNCTION code.write_log();
CREATE TRIGGER of_column AFTER UPDATE OF t ON code.watched FOR EACH ROW WHEN (OLD.t IS DISTINCT FROM NEW.t) EXECUTE FUNCTION code.write_log('a', 'b');
CREATE TRIGGER of_rows AFTER UPDATE ON code.watched REFERENCING OLD TABLE AS before NEW TABLE AS "after rows" FOR EACH STATEMENT EXECUTE FUNCTION code.write_log();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON code.watched FROM code.log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION code.write_log();
CREATE TRIGGER switched_off BEFORE DELETE ON code.watched FOR EACH ROW EXECUTE FUNCTION code.write_log();
CREATE TRIGGER on_replicas BEFORE DELETE ON code.watched FOR EACH ROW EXECUTE FUNCTION code.write_log();
CREATE TRIGGER always BEFORE DELETE ON code.watched FOR EACH ROW EXECUTE FUNCTION code.write_log();
ALTER TABLE code.watched DISABLE TRIGGER switched_off, ENABLE REPLICA TRIGGER on_replicas, ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER on_partitions BEFORE UPDATE ON parts.by_hash FOR EACH ROW EXECUTE FUNCTION "Odd Schema"."nothing to do"();
ALTER TABLE parts.by_hash_3 DISABLE TRIGGER on_partitions;
CREATE VIEW code.watched_view AS SELECT id, t FROM code.watched;
CREATE TRIGGER instead INSTEAD OF INSERT ON code.watched_view FOR EACH ROW EXECUTE FUNCTION code.write_view();

CREATE RULE log_updates AS ON UPDATE TO code.priced WHERE NEW.id > 100 DO ALSO INSERT INTO code.log (what) VALUES ('rule; ' || NEW.id);
CREATE RULE many AS ON DELETE TO code.watched_view DO INSTEAD (DELETE FROM code.watched WHERE id = OLD.id; NOTIFY watched; INSERT INTO code.log (what) VALUES ('gone'));
ALTER TABLE code.priced DISABLE RULE log_updates;

INSERT INTO code.watched (id, t) SELECT i, 'watched ' || i FROM generate_series(1, 20) AS i;
UPDATE code.watched SET t = t || '!' WHERE id < 5;
