-- What decides how the stored bytes of a table's rows are read. Names of columns do not, and neither do constraints.
select c.oid,
       c.relpersistence::text,
       h.amhandler = 'heap_tableam_handler'::regproc,
       concat_ws(' ', c.reltablespace, c.relam,
                 (select string_agg(concat_ws(',', a.attnum, a.atttypid, a.atttypmod, a.attcollation, a.attlen, a.attbyval,
                                              a.attalign, a.attisdropped, a.attgenerated, a.atthasmissing,
                                              quote_nullable(a.attmissingval::text)), ';' order by a.attnum)
                  from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0)),
       (select array_agg(distinct a.atttypid::bigint)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''),
       (select string_agg(a.atttypid::bigint || ' ' || a.attname, E'\n' order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_am h on h.oid = c.relam
where c.relkind = 'r'
  and c.relpersistence <> 't'
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
