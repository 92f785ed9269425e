-- What was granted in a database outside of migrations, as statements: rights on the schema public where somebody
-- changed them, and default privileges for every schema and for public.
with public_rights as (
    select n.nspacl from pg_namespace n
    where n.nspname = 'public' and n.nspacl is not null
      -- What initdb gives, of any version.
      and exists (
          select from aclexplode(n.nspacl) a
          where a.grantee <> n.nspowner
            and not (a.grantee = 0 and (a.privilege_type = 'USAGE'
                                        or current_setting('server_version_num')::int < 150000)))),
defaults as (
    select d.defaclobjtype, d.defaclacl, d.defaclrole, d.defaclnamespace = 0 as everywhere,
           format(
               'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s', pg_get_userbyid(d.defaclrole),
               case when d.defaclnamespace = 0 then '' else ' IN SCHEMA public' end) as beginning,
           case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS'
               when 'T' then 'TYPES' when 'n' then 'SCHEMAS' end as kinds
    from pg_default_acl d
    where d.defaclnamespace = 0 or d.defaclnamespace = to_regnamespace('public')::oid),
statements (position, sql) as (
    select 1, 'REVOKE ALL ON SCHEMA public FROM PUBLIC' from public_rights
    union all
    select 2, format(
        'GRANT %s ON SCHEMA public TO %s%s', a.privilege_type,
        case a.grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end,
        case when a.is_grantable and a.grantee <> 0 then ' WITH GRANT OPTION' else '' end)
    from public_rights, aclexplode(nspacl) a
    union all
    select 3, format('%s REVOKE ALL ON %s FROM PUBLIC', beginning, kinds)
    from defaults
    where everywhere and kinds is not null
      and not exists (select from aclexplode(defaclacl) a where a.grantee = 0)
    union all
    select 4, format(
        '%s GRANT %s ON %s TO %s%s', beginning, a.privilege_type, kinds,
        case a.grantee when 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(a.grantee)) end,
        case when a.is_grantable and a.grantee <> 0 then ' WITH GRANT OPTION' else '' end)
    from defaults, aclexplode(defaclacl) a
    where kinds is not null and a.grantee <> defaclrole)
select sql from statements order by position, sql
