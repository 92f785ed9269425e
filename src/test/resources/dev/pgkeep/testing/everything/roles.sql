-- Roles, owners and rights. Roles belong to the server: dropping the database leaves them.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['pgkeep_owner', 'pgkeep_reader', 'pgkeep "Odd" role''s name'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I', wanted);
        END IF;
    END LOOP;
END
$$;
CREATE SCHEMA owned AUTHORIZATION pgkeep_owner;
CREATE TABLE owned.things (id serial PRIMARY KEY, visible text, hidden text);
INSERT INTO owned.things (visible, hidden) VALUES ('seen', 'unseen');
ALTER TABLE owned.things OWNER TO pgkeep_owner;
CREATE FUNCTION owned.secret() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
REVOKE ALL ON FUNCTION owned.secret() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION owned.secret() TO pgkeep_reader WITH GRANT OPTION;
CREATE TYPE owned.state AS ENUM ('on', 'off');
ALTER TYPE owned.state OWNER TO "pgkeep ""Odd"" role's name";
REVOKE USAGE ON TYPE owned.state FROM PUBLIC;
GRANT USAGE ON TYPE owned.state TO pgkeep_reader;
GRANT USAGE ON SCHEMA owned TO pgkeep_reader, PUBLIC;
GRANT SELECT (id, visible), UPDATE (visible) ON owned.things TO pgkeep_reader;
GRANT SELECT, INSERT ON owned.things TO "pgkeep ""Odd"" role's name" WITH GRANT OPTION;
GRANT USAGE ON SEQUENCE owned.things_id_seq TO pgkeep_reader;
CREATE TABLE owned.nobody (id integer);
REVOKE ALL ON owned.nobody FROM CURRENT_USER;
SELECT lo_from_bytea(777010, '\x6f776e6564');
ALTER LARGE OBJECT 777010 OWNER TO pgkeep_owner;
GRANT SELECT ON LARGE OBJECT 777010 TO pgkeep_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA owned GRANT SELECT ON TABLES TO pgkeep_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE pgkeep_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE pgkeep_owner IN SCHEMA owned GRANT USAGE ON SEQUENCES TO PUBLIC;
GRANT CREATE ON SCHEMA public TO pgkeep_owner;
