-- Unique indexes that hold for every row and consist of columns alone, with the operators that compare their columns;
-- those that tell rows apart first.
select i.indrelid::bigint,
       array_agg(a.attname::text order by k.place),
       array_agg(format('OPERATOR(%I.%s)', onsp.nspname, o.oprname) order by k.place),
       i.indisprimary or (i.indimmediate and bool_and(a.attnotnull))
from pg_index i
join pg_class c on c.oid = i.indrelid and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
join pg_namespace n on n.oid = c.relnamespace
join pg_class x on x.oid = i.indexrelid
join pg_am m on m.oid = x.relam and m.amname = 'btree'
cross join unnest(i.indkey, i.indclass) with ordinality k (number, class, place)
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
join pg_opclass oc on oc.oid = k.class
join pg_amop ao on ao.amopfamily = oc.opcfamily and ao.amopstrategy = 3
    and ao.amoplefttype = oc.opcintype and ao.amoprighttype = oc.opcintype
join pg_operator o on o.oid = ao.amopopr
join pg_namespace onsp on onsp.oid = o.oprnamespace
where i.indisunique
  and i.indisvalid
  and i.indpred is null
  and i.indexprs is null
  and k.place <= i.indnkeyatts
  and n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
group by i.indexrelid, i.indrelid, i.indisprimary, i.indimmediate, i.indnkeyatts
order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid
