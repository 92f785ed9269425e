CREATE EXTENSION fuzzystrmatch;
CREATE INDEX by_sound ON tables.indexed (soundex(t));
