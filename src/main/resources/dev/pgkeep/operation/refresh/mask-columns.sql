-- Every column of every table that holds rows of users; ordered by table and position.
with recursive base(of, type, modifier) as (
    select t.oid, t.oid, -1
    from pg_catalog.pg_type t
    union all
    select b.of, t.typbasetype, greatest(t.typtypmod, b.modifier)
    from base b
    join pg_catalog.pg_type t on t.oid = b.type
    where t.typtype = 'd'
),
plain as (
    select b.of, b.modifier, t.oid as type, t.typname, t.typtype, t.typcategory, t.typelem, n.nspname
    from base b
    join pg_catalog.pg_type t on t.oid = b.type
    join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typtype <> 'd'
),
up(leaf, top, level) as (
    select c.oid, c.oid, 0
    from pg_catalog.pg_class c
    where c.relispartition
    union all
    select u.leaf, i.inhparent, u.level + 1
    from up u
    join pg_catalog.pg_class c on c.oid = u.top and c.relispartition
    join pg_catalog.pg_inherits i on i.inhrelid = u.top
),
root as (
    select distinct on (u.leaf) u.leaf, rn.nspname, rc.relname
    from up u
    join pg_catalog.pg_class rc on rc.oid = u.top
    join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
    order by u.leaf, u.level desc
)
select
    n.nspname,
    c.relname,
    c.relkind = 'p',
    r.nspname,
    r.relname,
    a.attname,
    pg_catalog.format_type(a.atttypid, a.atttypmod),
    case
        when p.typname = 'citext' then 'citext'
        when p.nspname <> 'pg_catalog' then 'other'
        when p.typname in ('text', 'varchar', 'bpchar', 'name') then 'text'
        when p.typname = 'uuid' then 'uuid'
        when p.typname = 'int8' then 'bigint'
        when p.typname = 'int4' then 'integer'
        when p.typname = 'int2' then 'smallint'
        when p.typname = 'bytea' then 'bytea'
        else 'other'
    end,
    case
        when p.typname = 'name' then 63
        when p.typname in ('varchar', 'bpchar') and greatest(a.atttypmod, p.modifier) > 4
            then greatest(a.atttypmod, p.modifier) - 4
    end,
    coalesce(e.typname, p.typname) in (
        'text', 'varchar', 'bpchar', 'name', 'citext', 'json', 'jsonb', 'xml', 'hstore', 'tsvector', 'bytea')
        or coalesce(e.typtype, p.typtype) = 'c',
    a.attnotnull or t.typnotnull,
    a.attgenerated <> '' or a.attidentity = 'a',
    exists (
        select from pg_catalog.pg_index i
        where i.indrelid = c.oid and i.indisunique and i.indnkeyatts = 1
          and (i.indkey[0] = a.attnum
              or i.indkey[0] = 0 and exists (
                  select from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                    and d.objid = i.indexrelid and d.refobjid = c.oid and d.refobjsubid = a.attnum)))
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
join plain p on p.of = a.atttypid
left join plain e on p.typcategory = 'A' and e.of = p.typelem
left join root r on r.leaf = c.oid
where c.relkind in ('r', 'p')
  and c.relpersistence <> 't'
  and n.nspname <> 'information_schema'
  and n.nspname !~ '^pg_'
  and not exists (
      select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname, a.attnum
