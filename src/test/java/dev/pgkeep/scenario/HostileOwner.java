package dev.pgkeep.scenario;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.util.List;

/**
 * A database whose owner has code of his wherever a database can have some, each saying so in the server's log when it
 * is called, and names, comments, labels and values that are meant for terminals, shells and psql.
 */
final class HostileOwner {
    /** What his code says. */
    static final String CALLED = "EVIL";

    /** Escapes, a bell, one of C1, a mark that turns directions, quotes, a backslash. */
    private static final String TERMINAL = "x\u001b]0;y\u0007\u009b31m\u202e'\"\\";

    private HostileOwner() {}

    /**
     * Makes it.
     *
     * @param canary a file that is there afterwards if a name was run as a command
     */
    static TestDatabase make(TestServer server, Path canary) {
        TestDatabase database = server.database("hostile");
        String role = database.name() + "_owner";
        server.execute("create role " + role + "; alter database " + database.name() + " owner to " + role);
        database.execute("set role " + role + "; create schema shop;" + CODE + TABLES + LOOKALIKES);
        List<String> names = List.of(TERMINAL, "$(touch " + canary + ")", "\n\\! touch " + canary + "\n");
        String text = literal(String.join("`touch " + canary + "`", names));
        for (String name : names) {
            database.execute("set role " + role + ";"
                    + NAMES.replace("{name}", Sql.identifier(name)).replace("{text}", text));
        }
        database.execute("comment on database " + database.name() + " is " + text);
        server.execute("alter database " + database.name() + " set search_path = shop, public");
        server.execute("alter database " + database.name() + " set \"app.motto\" = " + text);
        server.execute("alter database " + database.name() + " set constraint_exclusion = on");
        server.execute("alter database " + database.name() + " set \"DateStyle\" = 'German'");
        return database;
    }

    /** Tables with an index whose expression the server evaluates to plan any query on them. */
    static TestDatabase constantIndex(TestServer server) {
        TestDatabase database = server.database("planned");
        String role = database.name() + "_owner";
        server.execute("create role " + role + "; alter database " + database.name() + " owner to " + role);
        database.execute("alter schema public owner to " + role + "; set role " + role + ";" + """
                create function evil(int) returns int language plpgsql immutable as
                    $$begin raise warning 'EVIL index'; return $1; end$$;
                create table t (n int, note text);
                insert into t select n, 'x' from generate_series(1, 7) n;
                create index on t ((n + evil(1)));
                create index on t (n) where n > evil(0);
                create domain over_zero as int check (value > -evil(1000));
                create table d (n int);
                insert into d values (1);
                create index on d ((n::over_zero));
                create table schema_migrations (version bigint, dirty bool);
                create index on schema_migrations ((version + evil(1)));
                """);
        return database;
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static final String CODE = """
            create function shop.evil(what text) returns bool language plpgsql immutable as
                $$begin raise warning 'EVIL %', what; return true; end$$;
            create function shop.evil_number() returns int language plpgsql as
                $$begin raise warning 'EVIL default'; return 1; end$$;
            create function shop.evil_trigger() returns trigger language plpgsql as
                $$begin raise warning 'EVIL trigger'; return coalesce(new, old); end$$;
            create domain shop.mail as text check (shop.evil('domain ' || value));
            create domain shop.mails as shop.mail[];
            create type shop.pair as (mail shop.mail, n int);
            create type shop.mood as enum ('good', 'bad');
            create function shop.evil_mood(shop.mood) returns text language plpgsql immutable as
                $$begin raise warning 'EVIL cast of an enum'; return 'x'; end$$;
            create cast (shop.mood as text) with function shop.evil_mood(shop.mood) as implicit;
            create function shop.evil_mood_json(shop.mood) returns json language plpgsql immutable as
                $$begin raise warning 'EVIL cast of an enum to json'; return '1'; end$$;
            create cast (shop.mood as json) with function shop.evil_mood_json(shop.mood);
            create function shop.evil_moods(shop.mood, shop.mood) returns bool language plpgsql immutable as
                $$begin raise warning 'EVIL operator of an enum'; return true; end$$;
            create operator shop.= (leftarg = shop.mood, rightarg = shop.mood, function = shop.evil_moods);
            create function shop.evil_varchar(varchar, varchar) returns bool language plpgsql immutable as
                $$begin raise warning 'EVIL operator of varchar'; return true; end$$;
            create operator public.= (leftarg = varchar, rightarg = varchar, function = shop.evil_varchar);
            create operator shop.= (leftarg = varchar, rightarg = varchar, function = shop.evil_varchar);
            create function shop.own(n int) returns bool language sql as $$select n = 2$$;
            """;

    private static final String TABLES = """
            create table shop.customers (
                id int primary key check (shop.evil('check ' || id)),
                mail shop.mail unique, mails shop.mail[], pair shop.pair, mood shop.mood, name varchar(50),
                number int default shop.evil_number(), doubled int generated always as (id * 2) stored);
            create table shop.orders (id int primary key, customer int default 1 references shop.customers on delete set default,
                owner int references shop.customers on delete cascade, at timestamptz default now());
            insert into shop.customers
                select n, 'm' || n, array['m' || n], row(('m' || n)::shop.mail, n)::shop.pair, 'good', 'n' || n, 1 from generate_series(1, 9) n;
            insert into shop.orders select n, n, n from generate_series(1, 9) n;
            create index on shop.customers ((shop.evil('index ' || name)));
            create index on shop.customers (name) where shop.evil('predicate ' || name);
            create trigger evil before insert or update or delete on shop.customers for each row
                execute function shop.evil_trigger();
            create function shop.evil_customer(shop.customers) returns text language plpgsql immutable as
                $$begin raise warning 'EVIL cast of a row'; return 'x'; end$$;
            create cast (shop.customers as text) with function shop.evil_customer(shop.customers);
            create function shop.evil_order(shop.orders) returns text language plpgsql immutable as
                $$begin raise warning 'EVIL cast of a row'; return 'x'; end$$;
            create cast (shop.orders as text) with function shop.evil_order(shop.orders) as implicit;
            create view shop.looking as select * from shop.customers where shop.evil('view');
            create table shop.hidden (id int primary key);
            insert into shop.hidden values (1), (2);
            alter table shop.hidden enable row level security;
            create policy evil on shop.hidden using (shop.evil('policy'));
            create rule evil as on update to shop.hidden where shop.evil('rule') do also nothing;
            """;

    private static final String LOOKALIKES = """
            create view shop.alembic_version as select 'v'::varchar as version_num where shop.evil('view of migrations');
            create table shop.schema_migrations (version shop.mood, dirty bool);
            insert into shop.schema_migrations values ('good', false);
            create table shop.__drizzle_migrations (id int, hash text, created_at shop.mood);
            insert into shop.__drizzle_migrations values (1, 'x', 'good');
            create table shop.flyway_schema_history (installed_rank int primary key, version text, type text, script text,
                success bool);
            insert into shop.flyway_schema_history values (1, '1', 'SQL', 'V1__one.sql', true);
            """;

    private static final String NAMES = """
            create schema {name};
            create type {name}.label as enum ({name_label});
            create table {name}.{name} ({name} {name}.label primary key, value text);
            insert into {name}.{name} values ({name_label}, {text});
            create function {name}.{name}() returns text language sql as 'select 1::text';
            create view {name}.v as select * from {name}.{name};
            comment on table {name}.{name} is {text};
            comment on column {name}.{name}.value is {text};
            insert into shop.flyway_schema_history values ((select 1 + count(*) from shop.flyway_schema_history), {text}, 'SQL', {text}, true);
            """.replace("{name_label}", "E'\\x1b[31m\\x07label'");
}
