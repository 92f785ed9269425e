-- What would run, or stand in the way, when rows are updated: table (of partitions, the outermost one), the statement that
-- takes it away (NULL where it is away already) and the one that puts it back. Wholes before their partitions.
with recursive tree(oid, root, level) as (
    select c.oid, c.oid, 0
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    union all
    select i.inhrelid, t.root, t.level + 1
    from tree t
    join pg_catalog.pg_inherits i on i.inhparent = t.oid
    join pg_catalog.pg_class c on c.oid = i.inhrelid and c.relispartition
),
named as (
    select t.oid, t.level, n.nspname as root_schema, r.relname as root_name, c.relforcerowsecurity, c.relreplident, c.relkind,
        pg_catalog.format('ALTER TABLE %I.%I ', cn.nspname, c.relname) as change
    from tree t
    join pg_catalog.pg_class r on r.oid = t.root
    join pg_catalog.pg_namespace n on n.oid = r.relnamespace
    join pg_catalog.pg_class c on c.oid = t.oid
    join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
)
select root_schema, root_name, away, back
from (
    select t.root_schema, t.root_name, t.level, 1 as kind, g.tgname as name,
        case when g.tgenabled <> 'D' then t.change || pg_catalog.format('DISABLE TRIGGER %I', g.tgname) end as away,
        t.change || pg_catalog.format(
            '%s TRIGGER %I',
            case g.tgenabled
                when 'D' then 'DISABLE'
                when 'R' then 'ENABLE REPLICA'
                when 'A' then 'ENABLE ALWAYS'
                else 'ENABLE'
            end,
            g.tgname) as back
    from named t
    join pg_catalog.pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
    union all
    select t.root_schema, t.root_name, t.level, 2, w.rulename,
        t.change || pg_catalog.format('DISABLE RULE %I', w.rulename),
        t.change || pg_catalog.format(
            'ENABLE %s RULE %I',
            case w.ev_enabled when 'R' then 'REPLICA' when 'A' then 'ALWAYS' else '' end,
            w.rulename)
    from named t
    join pg_catalog.pg_rewrite w on w.ev_class = t.oid and w.ev_type = '2' and w.ev_enabled <> 'D'
    union all
    select t.root_schema, t.root_name, t.level, 3, null,
        t.change || 'NO FORCE ROW LEVEL SECURITY',
        t.change || 'FORCE ROW LEVEL SECURITY'
    from named t
    where t.relforcerowsecurity
    union all
    select t.root_schema, t.root_name, t.level, 4, null,
        t.change || 'REPLICA IDENTITY FULL',
        t.change || 'REPLICA IDENTITY ' || case t.relreplident when 'n' then 'NOTHING' else 'DEFAULT' end
    from named t
    where t.relreplident in ('d', 'n')
      and exists (select from pg_catalog.pg_publication p where p.pubupdate)
      and (t.relreplident = 'n'
          or not exists (select from pg_catalog.pg_index i where i.indrelid = t.oid and i.indisprimary))
) obstacles
order by level, root_schema, root_name, kind, name
