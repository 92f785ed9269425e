-- Rights that were never changed count as what they mean.
with owned as (
    select n.nspname as schema, c.relname::text as name, c.relowner as owner,
           coalesce(c.relacl, acldefault(case when c.relkind = 'S' then 's' else 'r' end::"char", c.relowner)) as acl
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S')
      and c.relpersistence <> 't'
      and not exists (select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i'))
    union all
    select n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proowner,
           coalesce(p.proacl, acldefault('f', p.proowner))
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                      and d.deptype in ('e', 'i'))
    union all
    select '', n.nspname, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
    from pg_namespace n
    where not exists (select from pg_depend d
                      where d.classid = 'pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
)
select n.schema, n.name, null,
       array['owner', pg_get_userbyid(n.owner),
             'rights', (select string_agg(a::text, ', ' order by a::text) from unnest(n.acl) a)]
from owned n
where n.schema !~ '^pg_' and n.schema <> 'information_schema'
  and not (n.schema = '' and (n.name ~ '^pg_' or n.name = 'information_schema'))
