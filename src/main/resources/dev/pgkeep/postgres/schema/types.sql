select n.nspname, t.typname, null,
       array['kind', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite'
                         when 'r' then 'range' else 'base' end,
             'values', (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
                        from pg_enum e where e.enumtypid = t.oid),
             'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
             'nullable', case when t.typtype = 'd' and t.typnotnull then 'no' end,
             'default', case when t.typtype = 'd' then t.typdefault end,
             'checks', (select string_agg(pg_get_constraintdef(k.oid), ' and ' order by k.conname)
                        from pg_constraint k where k.contypid = t.oid and k.contype = 'c'),
             'columns', (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                                           order by a.attnum)
                         from pg_attribute a
                         where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
             'subtype', (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid),
             'comment', obj_description(t.oid, 'pg_type')]
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_class c on c.oid = t.typrelid
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and c.relkind = 'c'
       or t.typtype = 'b' and not exists (select from pg_type e where e.typarray = t.oid))
  and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
