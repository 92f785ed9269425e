CREATE EXTENSION earthdistance;
CREATE TABLE everything.earths (e earth);
INSERT INTO everything.earths VALUES (ll_to_earth(52.5, 13.4));
