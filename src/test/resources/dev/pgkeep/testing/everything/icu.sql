-- Where the server was built with ICU.
CREATE COLLATION others.phone_book (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE COLLATION others."Case Insensitive" (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE TABLE others.collated_icu (a text COLLATE others.phone_book, b text COLLATE others."Case Insensitive" UNIQUE);
INSERT INTO others.collated_icu VALUES ('Äpfel', 'a'), ('Apfel', 'B'), ('Ofen', NULL);
CREATE INDEX by_phone_book ON others.collated_icu (a, lower(b) COLLATE "de-x-icu");
