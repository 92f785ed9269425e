-- Extensions that the role may drop.
SELECT extname
FROM pg_extension
WHERE extname <> 'plpgsql' AND pg_has_role(extowner, 'USAGE')
