-- Composite types are left out: whatever is made of them is copied as text. A true array is what its element says is its
-- array: int2vector, which can be subscripted too, is none.
select t.oid,
       n.nspname,
       t.typname,
       t.typtype::text,
       case when i.typarray = t.oid then i.oid else 0 end,
       t.typbasetype,
       coalesce(r.rngsubtype, 0),
       coalesce(e.extname, ''),
       coalesce(quote_ident(fn.nspname) || '.' || quote_ident(f.proname), '')
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
left join pg_type i on i.oid = t.typelem
left join pg_range r on t.oid in (r.rngtypid, r.rngmultitypid)
left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.objsubid = 0 and d.deptype = 'e'
left join pg_extension e on e.oid = d.refobjid
left join pg_proc f on f.oid = t.typsend
left join pg_namespace fn on fn.oid = f.pronamespace
where t.typtype in ('b', 'd', 'e', 'r', 'm')
  and (i.typtype is null or i.typtype <> 'c')
