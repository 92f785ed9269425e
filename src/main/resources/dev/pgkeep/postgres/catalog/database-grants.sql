select case when x.grantee <> 0 then pg_get_userbyid(x.grantee) end,
       pg_get_userbyid(x.grantor),
       array_agg(x.privilege_type order by x.privilege_type),
       x.is_grantable
from pg_database d
cross join lateral unnest(d.datacl) with ordinality a (item, position)
cross join lateral aclexplode(array[a.item]) x
where d.datname = ?
group by a.position, x.grantee, x.grantor, x.is_grantable
order by a.position, x.is_grantable
