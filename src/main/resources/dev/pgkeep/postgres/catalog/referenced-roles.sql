-- pg_shdepend knows owners, grantees and roles of policies, but not those that cannot be dropped: the first superuser.
select r.rolname
from pg_roles r
where r.oid in (
    select s.refobjid
    from pg_shdepend s
    join pg_database d on d.datname = current_database()
    where s.refclassid = 'pg_authid'::regclass
      and (s.dbid = d.oid or (s.classid = 'pg_database'::regclass and s.objid = d.oid))
    union select datdba from pg_database where datname = current_database()
    union select nspowner from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
    union select relowner from pg_class where oid >= 16384
    union select proowner from pg_proc where oid >= 16384
    union select typowner from pg_type where oid >= 16384
    union select c.setrole from pg_db_role_setting c
          join pg_database d on d.oid = c.setdatabase and d.datname = current_database()
)
order by r.rolname
