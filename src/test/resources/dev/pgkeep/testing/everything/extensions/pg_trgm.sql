CREATE EXTENSION pg_trgm;
CREATE INDEX by_trigram ON tables.indexed USING gin (t gin_trgm_ops);
CREATE INDEX by_trigram_gist ON tables.indexed USING gist (t gist_trgm_ops (siglen = 32));
