-- Schemas beside public that the role may drop.
SELECT nspname FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public') AND pg_has_role(nspowner, 'USAGE')
