-- What only a superuser can make.
-- Left out: subscriptions (a database that has one cannot be dropped), tablespaces, access methods, security labels.
CREATE SCHEMA super;
CREATE FUNCTION super."window"() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_row_number';
CREATE TYPE super.base;
CREATE FUNCTION super.base_in(cstring) RETURNS super.base LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION super.base_out(super.base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE super.base (INPUT = super.base_in, OUTPUT = super.base_out, LIKE = text, CATEGORY = 'S', DEFAULT = 'it''s', DELIMITER = ';');
CREATE TYPE super.shell;
CREATE CAST (super.base AS text) WITHOUT FUNCTION;
CREATE TABLE super.bases (id integer PRIMARY KEY, b super.base, many super.base[]);
INSERT INTO super.bases VALUES (1, 'a', '{a;"b;c"}'), (2, NULL, '{}'), (3, E'\\.\n', NULL);
CREATE FUNCTION super.compare(code.amount, code.amount) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT sign($1.cents - $2.cents)::integer';
CREATE OPERATOR super.<= (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_less);
CREATE OPERATOR super.>= (LEFTARG = code.amount, RIGHTARG = code.amount, FUNCTION = code.amount_more);
CREATE OPERATOR FAMILY super.amounts USING btree;
CREATE OPERATOR CLASS super.amount_ops FOR TYPE code.amount USING btree FAMILY super.amounts AS
    OPERATOR 1 code.<<<, OPERATOR 2 super.<=, OPERATOR 3 code.===, OPERATOR 4 super.>=, OPERATOR 5 code.>>>, FUNCTION 1 super.compare(code.amount, code.amount);
CREATE INDEX by_own_class ON code.priced (price super.amount_ops);
COMMENT ON OPERATOR CLASS super.amount_ops USING btree IS 'class';
COMMENT ON OPERATOR FAMILY super.amounts USING btree IS 'family';
CREATE TEXT SEARCH PARSER super.parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE super.template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY super.dictionary (TEMPLATE = super.template);
CREATE TEXT SEARCH CONFIGURATION super.configuration (PARSER = super.parser);
ALTER TEXT SEARCH CONFIGURATION super.configuration ADD MAPPING FOR asciiword, "int" WITH super.dictionary;
-- pg_dump names a language's handlers only when they are the user's own.
CREATE FUNCTION super.handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION super.inline(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION super.validator(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE LANGUAGE plpgsql_again HANDLER super.handler INLINE super.inline VALIDATOR super.validator;
COMMENT ON LANGUAGE plpgsql_again IS 'language';
CREATE FUNCTION super.in_own_language() RETURNS integer LANGUAGE plpgsql_again AS 'BEGIN RETURN 1; END';
CREATE CONVERSION super.latin1_again FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE FOREIGN DATA WRAPPER "no handler" OPTIONS (debug 'it''s');
CREATE SERVER "far away" TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER "no handler" OPTIONS (host 'example.com', "Odd Option" '"');
CREATE USER MAPPING FOR PUBLIC SERVER "far away" OPTIONS (user 'somebody');
CREATE FOREIGN TABLE super.far_table (id integer OPTIONS (name 'ID') NOT NULL, t text COLLATE "C" DEFAULT 'x', CHECK (id > 0)) SERVER "far away" OPTIONS ("table" 'x');
COMMENT ON FOREIGN TABLE super.far_table IS 'far';
COMMENT ON SERVER "far away" IS 'server';
COMMENT ON FOREIGN DATA WRAPPER "no handler" IS 'wrapper';
CREATE PUBLICATION of_everything FOR ALL TABLES WITH (publish = 'truncate');
CREATE FUNCTION super.note_command() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM TG_TAG; END $$;
CREATE EVENT TRIGGER noted ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION super.note_command();
CREATE EVENT TRIGGER off ON sql_drop EXECUTE FUNCTION super.note_command();
ALTER EVENT TRIGGER off DISABLE;
COMMENT ON EVENT TRIGGER noted IS 'event';
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO pg_monitor;
