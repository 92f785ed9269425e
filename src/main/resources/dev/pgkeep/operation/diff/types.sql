-- The database's own types in the words of a dump, as far as printing values needs them.
select case t.typtype
           when 'e' then format('CREATE TYPE %s AS ENUM (', format_type(t.oid, null))
           when 'd' then format('CREATE DOMAIN %s AS %s;', format_type(t.oid, null), format_type(t.typbasetype, t.typtypmod))
           else format(e'CREATE TYPE %s AS RANGE (\n    subtype = %s%s\n);', format_type(t.oid, null),
                       format_type(r.rngsubtype, null),
                       e',\n    multirange_type_name = ' || format_type(r.rngmultitypid, null))
       end
from pg_type t
left join pg_range r on r.rngtypid = t.oid
where t.typtype in ('e', 'd', 'r')
  and t.typnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
