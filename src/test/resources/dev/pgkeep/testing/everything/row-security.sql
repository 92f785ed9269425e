-- Row security. A role that it binds cannot dump these tables, therefore a file of its own.
CREATE SCHEMA secured;
CREATE TABLE secured.notes (id integer PRIMARY KEY, owner name DEFAULT current_user, t text, secret boolean DEFAULT false);
INSERT INTO secured.notes SELECT i, 'owner ' || i % 3, 'note ' || i, i % 2 = 0 FROM generate_series(1, 30) AS i;
ALTER TABLE secured.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_notes ON secured.notes USING (owner = current_user) WITH CHECK (owner = current_user AND t <> 'it''s');
CREATE POLICY "no ""secrets""" ON secured.notes AS RESTRICTIVE FOR SELECT TO PUBLIC USING (NOT secret);
CREATE POLICY by_others ON secured.notes FOR UPDATE TO pg_monitor USING (id IN (SELECT n.id FROM tables.indexed AS n)) WITH CHECK (true);
CREATE POLICY only_add ON secured.notes FOR INSERT WITH CHECK (id > 0);
COMMENT ON POLICY own_notes ON secured.notes IS 'everybody their own';
-- Not LIKE: that copies the name of the NOT NULL constraint, and pg_dump 18 then renames the original one.
CREATE TABLE secured.forced (id integer, owner name, t text, secret boolean);
INSERT INTO secured.forced SELECT * FROM secured.notes;
ALTER TABLE secured.forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE secured.policy_without_security (a integer);
CREATE POLICY unused ON secured.policy_without_security FOR DELETE USING (a > 0);
