package dev.pgkeep.operation.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ExitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of mask, on a database in which everything stands in the way that can. */
final class MaskingIT {
    /** In every value that must not be seen. */
    private static final String MARK = "topsecret";

    private static final String PRODUCTION = """
            create schema crm;
            create domain crm.mail as text check (value ~ '@');
            create table crm.users (
                id int primary key,
                email crm.mail not null unique,
                short varchar(12) not null,
                phone text,
                note text not null,
                token uuid unique,
                number bigint unique,
                small int,
                born date,
                raw bytea,
                mixed text collate "C",
                lowered text generated always as (lower(email::text)) stored);
            insert into crm.users (id, email, short, phone, note, token, number, small, born, raw, mixed)
            select n, 'topsecret' || n || '@corp.test', 'topsecret' || n, 'topsecret' || n, 'topsecret' || n,
                gen_random_uuid(), n, n, date '1980-05-17' + n, 'topsecret', 'topsecret' || n
            from generate_series(1, 500) n;
            create index on crm.users (lower(short));
            create statistics crm.together on short, mixed from crm.users;
            create table orders (
                id int generated always as identity primary key,
                customer text not null constraint customer_fk references crm.users (email) on update cascade,
                other text references crm.users (email));
            comment on constraint customer_fk on orders is 'who ordered';
            insert into orders (customer, other)
            select 'topsecret' || 1 + n % 500 || '@corp.test', case when n % 2 = 0 then 'topsecret7@corp.test' end
            from generate_series(1, 2000) n;
            create table audit (old text);
            create function crm.keep_old() returns trigger language plpgsql as
                $$ begin insert into audit values (old.email); return new; end $$;
            create trigger kept after update on crm.users for each row execute function crm.keep_old();
            alter table crm.users enable always trigger kept;
            create function crm.never() returns trigger language plpgsql as
                $$ begin raise exception 'never'; end $$;
            create trigger off before update on crm.users for each row execute function crm.never();
            alter table crm.users disable trigger off;
            create table ruled (secret text);
            insert into ruled values ('topsecret');
            create rule nothing as on update to ruled do instead nothing;
            create table walled (secret text);
            insert into walled values ('topsecret');
            alter table walled enable row level security;
            alter table walled force row level security;
            create policy none on walled using (false);
            create table visits (day date, visitor text) partition by range (day);
            create table visits_1 partition of visits for values from ('2026-01-01') to ('2026-02-01');
            create table visits_2 partition of visits for values from ('2026-02-01') to ('2026-03-01');
            insert into visits select date '2026-01-15' + n % 30, 'topsecret' || n % 500 || '@corp.test'
            from generate_series(1, 1000) n;
            create table person (name text);
            create table employee (salary int) inherits (person);
            insert into person values ('topsecret');
            insert into employee values ('topsecret', 1);
            create materialized view mails as select email from crm.users;
            create materialized view domains as select split_part(email, '@', 2) as domain, count(*) from mails group by 1;
            create view people as select email, short from crm.users;
            create table countries (code text primary key, name text);
            insert into countries values ('ch', 'Switzerland');
            """;

    private static final String RULES = """
            [refresh]
            from = "production"

            [mask.users]
            email = "email"
            short = "hash"
            phone = "null"
            note = { constant = "it's gone" }
            token = "hash"
            number = "hash"
            small = "hash"
            born = { sql = "date_trunc('year', born)" }
            raw = "hash"
            mixed = { sql = "pg_temp.pgkeep_hash(email) || id" }

            [mask.orders]
            customer = "email"
            other = "email"

            [mask."*"]
            secret = "hash"
            visitor = "email"

            [mask.public.person]
            name = "hash"

            [mask.audit]
            old = "keep"

            [mask.countries]
            "*" = "keep"
            """;

    @TempDir
    private static Path folder;

    private static RefreshDesk desk;

    @BeforeAll
    static void open() {
        desk = new RefreshDesk(folder, PRODUCTION, "create table mine (n int); insert into mine values (1)");
        desk.write("pgkeep.toml", RULES);
        desk.prove(desk.backup());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void everything_is_masked_wherever_it_is_and_nothing_of_it_is_left_on_the_disk() throws IOException {
        var finished = desk.done("refresh", "--strict", "--yes");
        assertThat(finished.stdout())
                .contains("holds what was in", ", masked", "public.orders", "2,000 rows", "pgkeep undo")
                .doesNotContain(MARK);
        assertThat(finished.stderr()).doesNotContain(MARK);
        values();
        structure();
        assertThat(filesWithTheMark()).isEmpty();
        assertThat(desk.production().count("crm.users")).isEqualTo(500);
        again();
    }

    private static void values() throws IOException {
        var database = desk.development();
        assertThat(database.ask("select email from crm.users where id = 7"))
                .isEqualTo(hmac("topsecret7@corp.test").substring(0, 20) + "@example.com");
        assertThat(database.ask("select short from crm.users where id = 7"))
                .isEqualTo(hmac("topsecret7").substring(0, 12));
        assertThat(database.ask(
                        "select count(distinct email) || ' ' || count(phone) || ' ' || count(distinct note) || ' '"
                                + " || min(note) || ' ' || count(distinct token) || ' ' || count(distinct number) || ' ' ||"
                                + " min(born) || ' ' || count(*) filter (where number <= 500 or small <= 500) || ' ' ||"
                                + " count(*) filter (where lowered <> lower(email)) from crm.users"))
                .isEqualTo("500 0 1 it's gone 500 500 1980-01-01 0 0");
        assertThat(database.ask("select count(*) from orders join crm.users on email = customer"))
                .isEqualTo("2000");
        assertThat(database.ask("select count(other) from orders")).isEqualTo("1000");
        assertThat(database.ask("select count(*) from visits where visitor in (select email from crm.users)"))
                .isEqualTo("998");
        assertThat(database.column("select name from person"))
                .containsOnly(hmac(MARK).substring(0, 24));
        assertThat(database.column("select secret from ruled union all select secret from walled"))
                .containsOnly(hmac(MARK).substring(0, 24));
        assertThat(database.column("select domain from domains")).containsExactly("example.com");
        assertThat(database.count("audit")).isZero();
        assertThat(database.ask("select mixed from crm.users where id = 7"))
                .startsWith(hmac("topsecret7@corp.test").substring(0, 24));
    }

    private static void structure() {
        var database = desk.development();
        assertThat(database.column(
                        "select tgname || tgenabled::text from pg_trigger where not tgisinternal order by 1"))
                .containsExactly("keptA", "offD");
        assertThat(database.ask("select ev_enabled::text from pg_rewrite where rulename = 'nothing'"))
                .isEqualTo("O");
        assertThat(database.ask("select relforcerowsecurity from pg_class where relname = 'walled'"))
                .isEqualTo("t");
        assertThat(database.column("select conname || ' ' || convalidated || ' ' || confupdtype::text || ' ' ||"
                        + " coalesce(obj_description(oid, 'pg_constraint'), '') from pg_constraint where contype = 'f'"
                        + " order by 1"))
                .containsExactly("customer_fk true c who ordered", "orders_other_fkey true a ");
        assertThat(database.column("select distinct tableowner from pg_tables where schemaname in ('crm', 'public')"))
                .containsExactly("refresher");
    }

    /** The same secret makes the same values; undo goes back to what was there in between. */
    private static void again() {
        String before = desk.development().ask("select md5(string_agg(u::text, ',' order by id)) from crm.users u");
        desk.development().execute("set role refresher; create table mine (n int)");
        desk.done("refresh", "--yes");
        assertThat(desk.development().ask("select md5(string_agg(u::text, ',' order by id)) from crm.users u"))
                .isEqualTo(before);
        assertThat(desk.development().column("select 1 from pg_tables where tablename = 'mine'"))
                .isEmpty();
        desk.done("undo", "--yes");
        assertThat(desk.development().count("mine")).isZero();
    }

    @Test
    void rules_that_do_not_fit_are_told_before_anything_is_touched() {
        write("bad.toml", """
                [mask.users]
                emial = "hash"
                phone = "email"
                note = "null"
                token = { constant = "x" }
                born = "hash"
                lowered = "hash"
                id = "hash"
                [mask.user]
                x = "null"
                [mask.visits_1]
                visitor = "null"
                [mask.orders]
                customer = "hash"
                """);
        var refused = desk.refused(ExitStatus.USAGE, "refresh", "--mask", "bad.toml", "--yes");
        assertThat(refused.stderr())
                .contains(
                        "9 masking rules do not fit",
                        "bad.toml line 2: users has no column emial; did you mean email?",
                        "crm.users.note may not be NULL",
                        "crm.users.token is unique",
                        "crm.users.born is of type date",
                        "crm.users.lowered is computed",
                        "crm.users.id is unique",
                        "there is no table user; did you mean",
                        "visits_1 is a partition",
                        "public.orders.customer (hash) refers to crm.users.email (email)");
    }

    @Test
    void sql_that_does_not_fit_is_told_before_anything_is_touched() {
        write("sql.toml", "[mask.users]\nphone = { sql = \"no_such_function(phone)\" }\n");
        assertThat(desk.refused(ExitStatus.USAGE, "refresh", "--mask", "sql.toml", "--yes")
                        .stderr())
                .contains("no_such_function", "[masking.invalid]");
    }

    @Test
    void strict_wants_a_rule_for_every_column_of_text() {
        desk.write(
                "pgkeep.toml", RULES.replace("phone = \"null\"\n", "").replace("\"*\" = \"keep\"", "name = \"keep\""));
        try {
            var refused = desk.refused(ExitStatus.REFUSED, "refresh", "--strict", "--yes");
            assertThat(refused.stderr())
                    .contains(
                            "2 columns of text have no masking rule",
                            "crm.users.phone (text)",
                            "public.countries.code (text)",
                            "\"keep\"");
        } finally {
            desk.write("pgkeep.toml", RULES);
        }
    }

    private static void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String hmac(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(RefreshDesk.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] key = mac.doFinal("pgkeep masking 1".getBytes(StandardCharsets.UTF_8));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files of the developer's database in which a value of production can be read. */
    private static List<Path> filesWithTheMark() throws IOException {
        var database = desk.development();
        database.execute("checkpoint");
        Path base = Path.of(
                database.ask("show data_directory"),
                "base",
                database.ask("select oid from pg_database where datname = current_database()"));
        try (var files = Files.list(base)) {
            return files.filter(Files::isRegularFile)
                    .filter(MaskingIT::hasTheMark)
                    .toList();
        }
    }

    private static boolean hasTheMark(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(MARK);
        } catch (IOException e) {
            return false;
        }
    }
}
