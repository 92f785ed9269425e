-- Composite types are left out: whatever is made of them is copied as text.
select t.oid,
       n.nspname,
       t.typname,
       t.typtype::text,
       case when t.typsubscript = 'array_subscript_handler'::regproc then t.typelem else 0 end,
       t.typbasetype,
       coalesce(r.rngsubtype, 0),
       coalesce(e.extname, ''),
       coalesce(quote_ident(fn.nspname) || '.' || quote_ident(f.proname), '')
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_range r on t.oid in (r.rngtypid, r.rngmultitypid)
left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
left join pg_proc f on f.oid = t.typsend
left join pg_namespace fn on fn.oid = f.pronamespace
where t.typtype in ('b', 'd', 'e', 'r', 'm')
  and not (t.typtype = 'b' and exists (
      select from pg_type i where i.oid = t.typelem and i.typtype = 'c'))
