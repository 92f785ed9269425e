-- For each type, the one in which its values can be held without running the checks of a domain in it: that of the domain
-- itself; nothing where the domain is inside of another type, so that only text does; null where there is no domain.
with recursive base (domain, type, modifier) as (
    select t.oid, t.typbasetype, t.typtypmod from pg_type t where t.typtype = 'd'
    union all
    select b.domain, t.typbasetype, t.typtypmod from base b join pg_type t on t.oid = b.type and t.typtype = 'd'
), held (type) as (
    select t.oid from pg_type t where t.typtype = 'd'
    union
    select o.type
    from held h
    cross join lateral (
        select t.oid from pg_type t where t.typelem = h.type
        union all
        select t.oid from pg_type t join pg_attribute a on a.attrelid = t.typrelid
        where a.atttypid = h.type and not a.attisdropped and t.typtype = 'c'
        union all
        select r.rngtypid from pg_range r where r.rngsubtype = h.type
        union all
        select r.rngmultitypid from pg_range r where r.rngtypid = h.type
    ) o (type)
), own (domain, type) as (
    select b.domain, format_type(b.type, b.modifier)
    from base b
    join pg_type t on t.oid = b.type and t.typtype <> 'd'
    where b.type not in (select h.type from held h join pg_type k on k.oid = h.type and k.typtype <> 'd')
)
select case when x.oid in (select h.type from held h)
            then coalesce((select o.type from own o where o.domain = x.oid),
                          (select o.type || '[]' from own o join pg_type t on t.typelem = o.domain where t.oid = x.oid),
                          '') end
from unnest(?::text[]) with ordinality named (type, place)
cross join lateral (select to_regtype(named.type)::oid) x (oid)
order by named.place
