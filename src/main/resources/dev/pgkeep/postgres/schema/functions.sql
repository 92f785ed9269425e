select n.nspname, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', null,
       array['kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window' end,
             'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid)
                                else (select concat_ws(' ', g.aggtransfn::regproc, format_type(g.aggtranstype, null),
                                                       g.agginitval, g.aggfinalfn::regproc, g.aggcombinefn::regproc)
                                      from pg_aggregate g where g.aggfnoid = p.oid) end,
             'comment', obj_description(p.oid, 'pg_proc')]
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
                  and d.deptype in ('e', 'i'))
