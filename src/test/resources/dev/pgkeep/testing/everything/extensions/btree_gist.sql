CREATE EXTENSION btree_gist;
CREATE TABLE tables.booked (room integer, during tsrange, EXCLUDE USING gist (room WITH =, during WITH &&));
INSERT INTO tables.booked VALUES (1, '[2020-01-01,2020-01-02)'), (2, '[2020-01-01,2020-01-02)');
