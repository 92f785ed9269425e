CREATE EXTENSION unaccent;
CREATE TEXT SEARCH CONFIGURATION others.without_accents (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION others.without_accents ALTER MAPPING FOR hword, word WITH unaccent, simple;
