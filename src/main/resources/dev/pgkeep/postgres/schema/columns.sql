-- Those that come from a parent are the parent's.
select n.nspname, a.attname, c.relname,
       array['type', format_type(a.atttypid, a.atttypmod),
             'nullable', case when a.attnotnull then 'no' else 'yes' end,
             'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
             'generated', case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
             'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
             'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
             'comment', col_description(c.oid, a.attnum)]
from pg_attribute a
join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind in ('r', 'p', 'f')
  and c.relpersistence <> 't'
  and a.attnum > 0
  and not a.attisdropped
  and (a.attislocal or a.attinhcount = 0)
  and not c.relispartition
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
