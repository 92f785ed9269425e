CREATE EXTENSION seg;
CREATE TABLE everything.segs (s seg);
INSERT INTO everything.segs VALUES ('1.50 .. ~2.500'), ('<3'), ('5(+-)0.3');
