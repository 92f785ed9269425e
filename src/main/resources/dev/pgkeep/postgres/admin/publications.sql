-- Publications that the role may drop.
SELECT pubname
FROM pg_publication
WHERE pg_has_role(pubowner, 'USAGE')
