-- What a view would run of roles that could not act as the current one: its functions, those of its operators and casts,
-- of views that it reads, of domains that it casts to, of what converts values to JSON. What is given to a superuser is
-- his. With each: how it is written, its schema, its name, whose it is, and whether the view itself calls it by that name.
with recursive asked (view) as (
    select ?::oid
), me as (
    select r.oid from pg_roles r where r.rolname = current_user
), stranger as (
    select r.oid from pg_roles r, me where not pg_has_role(r.oid, me.oid, 'MEMBER')
), converting as (
    select c.castfunc from pg_cast c
    join pg_proc p on p.oid = c.castfunc and p.proowner in (select oid from stranger)
    where c.casttarget in ('json'::regtype, 'jsonb'::regtype)
), used (class, object, operator, direct) as (
    select 'pg_rewrite'::regclass::oid, r.oid, 0::oid, true from pg_rewrite r, asked q where r.ev_class = q.view
    union
    select x.class, x.object, x.operator, u.direct and x.direct
    from used u
    cross join lateral (
        select d.refclassid, d.refobjid, case u.class when 'pg_operator'::regclass then u.object else 0 end,
               u.class in ('pg_rewrite'::regclass, 'pg_operator'::regclass)
        from pg_depend d
        where d.classid = u.class
          and d.objid = u.object
          and u.class in ('pg_rewrite'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_constraint'::regclass)
          and d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_class'::regclass)
        union all
        select 'pg_rewrite'::regclass, r.oid, 0, false from pg_rewrite r, asked q
        where u.class = 'pg_class'::regclass and r.ev_class = u.object and r.ev_class <> q.view and r.ev_type = '1'
          and exists (select from pg_class c where c.oid = u.object and c.relkind = 'v')
        union all
        select 'pg_constraint'::regclass, c.oid, 0, false from pg_constraint c
        where u.class = 'pg_type'::regclass and c.contypid = u.object
    ) x (class, object, operator, direct)
)
select coalesce((select o.oid::regoperator::text from pg_operator o where o.oid = u.operator), p.oid::regprocedure::text),
       n.nspname,
       coalesce((select o.oprname from pg_operator o where o.oid = u.operator), p.proname),
       pg_get_userbyid(p.proowner),
       u.operator <> 0,
       u.direct and not exists (select from pg_cast c where c.castfunc = p.oid)
from (select object, operator, direct from used where class = 'pg_proc'::regclass
      union
      select castfunc, 0, false from converting where ?
      union
      select d.refobjid, 0, false from pg_constraint c
      join pg_depend d on d.classid = 'pg_constraint'::regclass and d.objid = c.oid and d.refclassid = 'pg_proc'::regclass
      where ? and c.contypid <> 0) u
join pg_proc p on p.oid = u.object and p.proowner in (select oid from stranger)
join pg_namespace n on n.oid = p.pronamespace
order by u.direct, 1
