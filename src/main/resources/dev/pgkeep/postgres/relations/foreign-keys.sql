-- Names are quoted always, as everywhere else here, so that they can be compared.
select f.conname,
       coalesce(pg_partition_root(f.conrelid), f.conrelid)::bigint,
       coalesce(pg_partition_root(f.confrelid), f.confrelid)::bigint,
       case c.relkind when 'p' then '' else 'ONLY ' end || format('"%s"."%s"', replace(cn.nspname, '"', '""'), replace(c.relname, '"', '""')),
       case p.relkind when 'p' then '' else 'ONLY ' end || format('"%s"."%s"', replace(pn.nspname, '"', '""'), replace(p.relname, '"', '""')),
       (select array_agg(a.attname::text order by k.place) from unnest(f.conkey) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.number),
       (select array_agg(a.attname::text order by k.place) from unnest(f.confkey) with ordinality k (number, place)
        join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.number),
       (select array_agg(format('OPERATOR(%I.%s)', n.nspname, o.oprname) order by k.place)
        from unnest(f.conpfeqop) with ordinality k (number, place)
        join pg_operator o on o.oid = k.number join pg_namespace n on n.oid = o.oprnamespace),
       f.confdeltype::text,
       -- Columns to set are told since version 15; all of them when none is named.
       case when f.confdeltype in ('n', 'd') then
           (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
            where a.attrelid = f.conrelid
              and to_jsonb(a.attnum) <@ (case jsonb_typeof(to_jsonb(f) -> 'confdelsetcols')
                                         when 'array' then to_jsonb(f) -> 'confdelsetcols' else to_jsonb(f.conkey) end))
       else '{}'::text[] end,
       f.condeferrable,
       exists (select from pg_index i where i.indrelid = f.conrelid and i.indisvalid and i.indpred is null
               and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k)
                   = (select array_agg(k order by k) from unnest(f.conkey) k)),
       coalesce((to_jsonb(f) ->> 'conperiod')::boolean, false)
from pg_constraint f
join pg_class c on c.oid = f.conrelid
join pg_namespace cn on cn.oid = c.relnamespace
join pg_class p on p.oid = f.confrelid
join pg_namespace pn on pn.oid = p.relnamespace
where f.contype = 'f'
  and f.conparentid = 0
order by cn.nspname, c.relname, f.conname
