CREATE EXTENSION "uuid-ossp";
CREATE TABLE tables.uuids (id uuid DEFAULT uuid_generate_v4(), n uuid DEFAULT uuid_generate_v5(uuid_ns_dns(), 'example.com'));
INSERT INTO tables.uuids DEFAULT VALUES;
