select r.rolname, split_part(s.entry, '=', 1), substr(s.entry, strpos(s.entry, '=') + 1)
from pg_db_role_setting c
join pg_database d on d.oid = c.setdatabase
left join pg_roles r on r.oid = c.setrole
cross join lateral unnest(c.setconfig) with ordinality s (entry, position)
where d.datname = ?
  and lower(split_part(s.entry, '=', 1)) <> 'pgkeep.protected'
  and (c.setrole = 0 or r.rolname is not null)
order by r.rolname nulls first, s.position
