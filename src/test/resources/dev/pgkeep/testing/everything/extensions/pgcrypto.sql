CREATE EXTENSION pgcrypto;
CREATE TABLE tables.hashed (h bytea GENERATED ALWAYS AS (digest('x'::text, 'sha256')) STORED, id uuid DEFAULT gen_random_uuid());
INSERT INTO tables.hashed DEFAULT VALUES;
