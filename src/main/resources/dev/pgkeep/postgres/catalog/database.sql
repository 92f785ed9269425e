-- The locale columns came and were renamed with versions 15, 16 and 17: going through jsonb, one query suits all.
select pg_get_userbyid(d.datdba),
       pg_encoding_to_char(d.encoding),
       case coalesce(j.row ->> 'datlocprovider', 'c') when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
       d.datcollate,
       d.datctype,
       coalesce(j.row ->> 'datlocale', j.row ->> 'daticulocale'),
       j.row ->> 'daticurules',
       t.spcname,
       greatest(d.datconnlimit, -1),
       d.datistemplate,
       d.datallowconn,
       shobj_description(d.oid, 'pg_database'),
       d.datacl is null
from pg_database d
join pg_tablespace t on t.oid = d.dattablespace
cross join lateral (select to_jsonb(d) as row) j
where d.datname = ?
