-- The last column: whether the default calls functions of roles that could not act as the current one, or has a domain of
-- theirs check something.
with stranger (role) as (
    select r.oid from pg_roles r
    where not pg_has_role(r.oid, (select m.oid from pg_roles m where m.rolname = current_user), 'MEMBER')
)
select a.attrelid::bigint,
       a.attname,
       format_type(a.atttypid, a.atttypmod),
       a.attnotnull,
       a.attidentity = 'a',
       a.attgenerated <> '',
       case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
       exists (select from pg_depend u
               left join pg_operator o on u.refclassid = 'pg_operator'::regclass and o.oid = u.refobjid
               left join pg_proc p on p.oid = coalesce(o.oprcode, u.refobjid) and u.refclassid <> 'pg_type'::regclass
               left join pg_type t on t.oid = u.refobjid and u.refclassid = 'pg_type'::regclass and t.typtype = 'd'
               join stranger s on s.role = coalesce(p.proowner, t.typowner)
               where u.classid = 'pg_attrdef'::regclass
                 and u.objid = d.oid
                 and u.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass))
from pg_attribute a
join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
join pg_namespace n on n.oid = c.relnamespace
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0
  and not a.attisdropped
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
order by a.attrelid, a.attnum
