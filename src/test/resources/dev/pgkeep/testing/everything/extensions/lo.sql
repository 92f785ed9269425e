CREATE EXTENSION lo;
CREATE TABLE others.managed_photos (id integer PRIMARY KEY, content lo);
CREATE TRIGGER content_managed BEFORE UPDATE OR DELETE ON others.managed_photos FOR EACH ROW EXECUTE FUNCTION lo_manage(content);
INSERT INTO others.managed_photos VALUES (1, lo_from_bytea(777020, 'managed'));
