select '', e.extname, null, array['version', e.extversion, 'schema', n.nspname]
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
