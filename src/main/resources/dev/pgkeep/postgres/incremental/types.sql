-- Every type that a stored value may be made of, with what decides how its values print.
with recursive used (id) as (
    select distinct a.atttypid
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r'
      and c.relpersistence <> 't'
      and n.nspname !~ '^pg_'
      and n.nspname <> 'information_schema'
      and a.attnum > 0
      and not a.attisdropped
    union
    select m.id
    from used u
    join pg_type t on t.oid = u.id
    cross join lateral (
        select t.typelem
        union all
        select t.typbasetype
        union all
        select r.rngsubtype from pg_range r where t.oid in (r.rngtypid, r.rngmultitypid)
        union all
        select a.atttypid
        from pg_attribute a
        where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
    ) as m (id)
    where m.id <> 0
)
select t.oid,
       t.typname,
       t.typtype::text,
       n.nspname = 'pg_catalog' and e.oid is null,
       coalesce(e.extname, ''),
       t.typoutput = 'array_out'::regproc,
       concat_ws(' ', t.oid, t.typtype, t.typlen, t.typbyval, t.typoutput::oid, t.typsend::oid, t.typelem, t.typbasetype,
                 t.typtypmod, t.typdelim, e.extname, e.extversion,
                 (select string_agg(concat_ws(',', l.oid, quote_literal(l.enumlabel)), ';' order by l.oid)
                  from pg_enum l where l.enumtypid = t.oid),
                 (select concat_ws(',', r.rngsubtype, r.rngcollation)
                  from pg_range r where t.oid in (r.rngtypid, r.rngmultitypid)),
                 (select string_agg(concat_ws(',', a.attnum, a.atttypid, a.atttypmod, a.attisdropped,
                                              quote_nullable(a.attmissingval::text)), ';'
                                    order by a.attnum)
                  from pg_attribute a where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0)),
       array(select m.id::bigint
             from (select t.typelem
                   union
                   select t.typbasetype
                   union
                   select r.rngsubtype from pg_range r where t.oid in (r.rngtypid, r.rngmultitypid)
                   union
                   select a.atttypid
                   from pg_attribute a
                   where t.typtype = 'c' and a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as m (id)
             where m.id <> 0)
from used u
join pg_type t on t.oid = u.id
join pg_namespace n on n.oid = t.typnamespace
left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
