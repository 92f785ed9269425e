package dev.pgkeep.scenario;

import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Things of a database's owner that are called as those of the system that our statements use: every operator, every
 * function, view and type whose name is a word anywhere in the sources, and operators and functions that fit
 * {@code varchar}, {@code name} and numbers of objects better. Each says so in the server's log when it is called,
 * which no rollback takes back.
 */
final class Shadows {
    /** What each of them says. */
    static final String CALLED = "SHADOW";

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{2,}");

    private Shadows() {}

    /** Makes all of them in {@code public}, as the role. */
    static void cast(TestDatabase database, String role) {
        String words = words().stream().collect(Collectors.joining(","));
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("set role " + role);
            statement.execute("set check_function_bodies = off; set search_path = pg_catalog");
            for (String sql : new String[] {OPERATORS, FUNCTIONS, AGGREGATES, VIEWS, TYPES}) {
                statement.execute(sql.replace("{words}", words));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every word of the sources, in any literal, comment or name: rather too many than one too few. */
    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            files.filter(file ->
                            file.toString().endsWith(".sql") || file.toString().endsWith(".java"))
                    .forEach(file -> WORD.matcher(text(file)).results().forEach(match -> words.add(match.group())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String BODY = "begin raise warning ''" + CALLED + " %%'', %L; %s end";

    private static final String OPERATORS = """
            do $do$
            declare o record; number int := 0;
            begin
                for o in
                    with same (a, b) as (values
                        ('text', 'varchar'), ('text', 'name'), ('text', 'bpchar'), ('text', '"char"'), ('oid', 'regclass'),
                        ('oid', 'regtype'), ('oid', 'regproc'), ('oid', 'regnamespace'), ('int8', 'oid'), ('int4', 'oid'),
                        ('int4', '"char"'), ('text', 'regclass'), ('int2', 'int4'), ('int4', 'int2'), ('int8', 'int2'),
                        ('name[]', 'text[]'), ('text[]', 'varchar[]'), ('text[]', 'name[]')),
                    likes (type, other) as (
                        select oid, oid from pg_type where oid = any ('{bool,"char",int2,int4,int8,oid,text,name,xid,xid8,tid,
                            float8,numeric,timestamptz,timestamp,interval,regclass,regtype,regproc,regnamespace,jsonb,json,bytea,
                            int2vector,oidvector,int2[],int4[],int8[],oid[],text[],name[],aclitem[],pg_lsn,anyarray,anyelement,
                            anynonarray,anyenum,varchar,bpchar}'::regtype[])
                        union select a::regtype, b::regtype from same)
                    select distinct p.oprname, l.other as lefttype, r.other as righttype, p.oprresult
                    from pg_operator p
                    left join likes l on l.type = p.oprleft
                    join likes r on r.type = p.oprright
                    where p.oprnamespace = 'pg_catalog'::regnamespace and p.oprkind in ('b', 'l')
                      and (p.oprkind = 'l' or l.other is not null)
                      and p.oprname in ('=', '<>', '<', '>', '<=', '>=', '||', '+', '-', '*', '/', '%', '&', '|', '#', '<<',
                                        '>>', '~', '!~', '~*', '!~*', '~~', '!~~', '~~*', '!~~*', '@>', '<@', '->', '->>', '?',
                                        '^@', '&&', '#>>', '#>')
                      and not exists (select from pg_type t where t.oid in (l.other, r.other, p.oprresult) and t.typtype = 'p'
                                      and t.typname not in ('anyarray', 'anyelement', 'anynonarray', 'anyenum', 'anyrange',
                                                            'anycompatible', 'anycompatiblearray', 'anycompatiblenonarray'))
                loop
                    number := number + 1;
                    begin
                        execute format('create function public.shadow_%s(%s%s) returns %s language plpgsql as %L', number,
                            coalesce(format_type(o.lefttype, null) || ', ', ''), format_type(o.righttype, null),
                            format_type(o.oprresult, null),
                            format('{body}', format('operator %s (%s,%s)', o.oprname, o.lefttype::regtype,
                                                    o.righttype::regtype), 'return null;'));
                        execute format('create operator public.%s (%s rightarg = %s, function = public.shadow_%s)', o.oprname,
                            coalesce('leftarg = ' || format_type(o.lefttype, null) || ',', ''), format_type(o.righttype, null),
                            number);
                    exception when others then null;
                    end;
                end loop;
            end $do$""".replace("{body}", BODY);

    private static final String FUNCTIONS = """
            do $do$
            declare f record;
            begin
                for f in
                    with called as (
                        select p.* from pg_proc p
                        where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f'
                          and p.proname = any (string_to_array('{words}', ',')))
                    select distinct c.proname, a.arguments, c.prorettype::regtype::text as result, c.proretset
                    from called c
                    cross join lateral (
                        select pg_get_function_identity_arguments(c.oid)
                        union select replace(pg_get_function_identity_arguments(c.oid), 'text', 'character varying')
                        union select replace(pg_get_function_identity_arguments(c.oid), 'text', 'name')
                        union select replace(pg_get_function_identity_arguments(c.oid), 'oid', 'regclass')
                        union select replace(replace(pg_get_function_identity_arguments(c.oid), 'VARIADIC ', ''), '"any"',
                                             'anyelement')
                        union select replace(replace(pg_get_function_identity_arguments(c.oid), 'VARIADIC ', ''), '"any"',
                                             'text, text')) a (arguments)
                    where pg_get_function_identity_arguments(c.oid) !~
                        'OUT |lseg|point|box|path|polygon|circle|inet|cidr|macaddr|money|bit|internal|range|ts|time |xml|line'
                loop
                    begin
                        execute format('create function public.%I(%s) returns %s %s language plpgsql as %L', f.proname,
                            f.arguments, case when f.proretset then 'setof' else '' end, f.result,
                            format('{body}', 'function ' || f.proname || '(' || f.arguments || ')',
                                   case when f.proretset or f.result = 'void' then 'return;' else 'return null;' end));
                    exception when others then null;
                    end;
                end loop;
            end $do$""".replace("{body}", BODY);

    private static final String AGGREGATES = """
            do $do$
            declare a record; number int := 0;
            begin
                for a in
                    select p.proname, pg_get_function_identity_arguments(p.oid) as arguments, p.prorettype::regtype::text as result
                    from pg_proc p
                    where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'a'
                      and p.proname = any (string_to_array('{words}', ','))
                      and not exists (select from pg_type t where t.oid = p.prorettype and t.typtype = 'p')
                      and pg_get_function_identity_arguments(p.oid) !~ 'ORDER BY|any|inet|money|time|interval|lsn|double|real'
                loop
                    number := number + 1;
                    begin
                        execute format('create function public.shadow_step_%s(%s%s) returns %s language plpgsql as %L', number,
                            a.result, case when a.arguments = '' then '' else ', ' || a.arguments end, a.result,
                            format('{body}', 'aggregate ' || a.proname, 'return null;'));
                        execute format('create aggregate public.%I(%s) (sfunc = public.shadow_step_%s, stype = %s)', a.proname,
                            case when a.arguments = '' then '*' else a.arguments end, number, a.result);
                    exception when others then null;
                    end;
                end loop;
            end $do$""".replace("{body}", BODY);

    private static final String VIEWS = """
            do $do$
            declare v record;
            begin
                create function public.shadow_view(which text) returns bool language plpgsql as
                    $$begin raise warning 'SHADOW view %', which; return true; end$$;
                for v in
                    select c.relname, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname in ('pg_catalog', 'information_schema') and c.relkind in ('r', 'v')
                loop
                    begin
                        execute format('create view public.%I as select * from %I.%I where public.shadow_view(%L)', v.relname,
                            v.nspname, v.relname, v.relname);
                    exception when others then null;
                    end;
                end loop;
            end $do$""";

    private static final String TYPES = """
            do $do$
            declare t record;
            begin
                create function public.shadow_type(which text, value text) returns bool language plpgsql as
                    $$begin raise warning 'SHADOW type %', which; return true; end$$;
                for t in
                    select y.typname from pg_type y
                    where y.typnamespace = 'pg_catalog'::regnamespace and y.typtype = 'b' and y.typname !~ '^_'
                loop
                    begin
                        execute format('create domain public.%1$I as pg_catalog.%1$I check (public.shadow_type(%1$L, null))',
                            t.typname);
                    exception when others then null;
                    end;
                end loop;
            end $do$""";
}
