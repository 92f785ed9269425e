-- Those of identity columns belong to their column.
select n.nspname, c.relname, null,
       array['type', format_type(s.seqtypid, null), 'start', s.seqstart::text, 'increment', s.seqincrement::text,
             'min', s.seqmin::text, 'max', s.seqmax::text, 'cycle', case when s.seqcycle then 'yes' end,
             'comment', obj_description(c.oid, 'pg_class')]
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and c.relpersistence <> 't'
  and not exists (select from pg_depend d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i'))
