CREATE EXTENSION intarray;
CREATE TABLE everything.intarrays (a integer[], q query_int);
INSERT INTO everything.intarrays VALUES ('{1,2}', '1&(2|3)&!4');
CREATE INDEX ON everything.intarrays USING gin (a gin__int_ops);
