CREATE EXTENSION isn;
CREATE TABLE everything.isns (b isbn13, s issn, e ean13);
INSERT INTO everything.isns VALUES ('978-0-393-04002-9', '1436-4522', '4000000000006');
