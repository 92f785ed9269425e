package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.cli.render.DiffJson;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import io.avaje.jsonb.Jsonb;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A diff with the database reads only what changed since the backup, and says the same as one that reads everything.
 */
final class LiveDiffIT {
    private static final String TABLES = """
            create schema "Odd ""schema";
            create type mood as enum ('sad', 'ok', 'it''s');
            create type pair as (a int, b text);
            create table "Odd ""schema"."Ünd 't" (id int primary key, n int, "a, b" text, price money, m mood,
              twice int generated always as (n * 2) stored);
            insert into "Odd ""schema"."Ünd 't" select n, n % 7, md5(n::text), n, (enum_range(null::mood))[1 + n % 3]
              from generate_series(1, 12000) n;
            create table heap (n int, t text);
            insert into heap select n % 90, repeat(md5((n % 90)::text), 3) from generate_series(1, 9000) n;
            create table texts (id int primary key, n int, p pair, m mood[]);
            insert into texts select n, n % 7, row(n, 'x,"y')::pair, array['ok', null]::mood[]
              from generate_series(1, 9000) n;
            create table names (id int primary key, n int, t regclass);
            insert into names select n, n % 7, 'heap'::regclass from generate_series(1, 3000) n;
            create table wide (id int primary key, n int, t text);
            alter table wide alter t set storage external;
            insert into wide select n, n, repeat(md5(n::text), 400) from generate_series(1, 300) n;
            create table parts (id int, n int, t text, primary key (id, n)) partition by list (n);
            create table p0 partition of parts for values in (0, 1, 2);
            create table "P 1" partition of parts for values in (3, 4);
            create table pd partition of parts default;
            insert into parts select n, n % 7, md5(n::text) from generate_series(1, 15000) n;
            create table twin_a (id int primary key, n int, t text);
            create table twin_b (like twin_a including all);
            insert into twin_a select n, n % 7, md5(n::text) from generate_series(1, 6000) n;
            insert into twin_b select n, n % 7, md5((-n)::text) from generate_series(1, 6000) n;
            create table still (id int primary key, n int, t text);
            insert into still select n, n % 7, md5(n::text) from generate_series(1, 15000) n;
            create table empty (id int primary key, n int);
            """;

    private static final List<String> NAMES =
            List.of("\"Odd \"\"schema\".\"Ünd 't\"", "heap", "texts", "names", "wide", "parts", "twin_a", "twin_b");

    private final TestServer server = PostgresServers.any();
    private final TestDatabase database = server.database("live");

    @TempDir
    Path folder;

    private DiffDesk desk;

    @BeforeEach
    void fill() {
        desk = new DiffDesk(folder);
        DiffDesk.apply(database, TABLES);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void what_changed_is_told_as_if_everything_were_read() {
        Random random = new Random(Campaign.seed(20_261_130));
        for (int round = 0; round < Campaign.of(3, 200); round++) {
            String backup = desk.backup(database);
            StringBuilder script = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) {
                String statements = change(random);
                script.append(statements).append('\n');
                for (String each : statements.split(";;")) {
                    database.execute(each);
                }
            }
            String what = "round " + round + ":\n" + script;
            assertThat(json(backup)).as(what).isEqualTo(json(backup, "--full"));
        }
    }

    @Test
    void only_what_changed_is_read_and_why_more_is_read_is_said_to_those_who_ask() {
        String backup = desk.backup(database);
        DiffJson nothing = told(backup);
        long unvouched = Long.parseLong(database.ask("select pg_table_size('names')"));
        assertThat(nothing.different()).isFalse();
        assertThat(read(nothing)).isPositive().isLessThanOrEqualTo(unvouched);
        assertThat(nothing.rowsRead()).isEqualTo(3000);
        DiffJson full = told(backup, "--full");
        assertThat(read(full)).isEqualTo(inAll(full)).isEqualTo(inAll(nothing));

        database.execute("""
                update still set n = n + 1 where id between 10 and 20;
                delete from still where id between 7001 and 7010;
                alter table twin_a rename to twin_c; alter table twin_b rename to twin_a;
                alter table twin_c rename to twin_b""");
        database.execute("vacuum full heap");
        Finished verbose = desk.pgkeep(database, "diff", backup, "--no-schema", "-v");
        assertThat(verbose.output())
                .contains("10 rows removed, 0 added, 12,011 changed in 3 tables of 10")
                .containsPattern("read [0-9,]+ rows, [0-9.]+ MB of [0-9.]+ MB of the database, ")
                .contains("read whole: names (values of type regclass (t) may print otherwise")
                .contains("read whole: heap (rewritten since");
        DiffJson few = told(backup, "-t", "still");
        assertThat(few.changed()).isEqualTo(11);
        assertThat(few.removed()).isEqualTo(10);
        assertThat(read(few)).isPositive().isLessThan(inAll(few));
        assertThat(desk.pgkeep(database, "diff", backup, "--no-schema").output())
                .doesNotContain("read whole");
        assertThat(desk.pgkeep(database, "diff", backup, backup, "--full").status())
                .isEqualTo(2);
    }

    @Test
    void a_database_that_went_another_way_is_read_whole() {
        try (TestDatabase copy = server.databaseToBe(server.uniqueName("copy"))) {
            server.execute("create database " + copy.name() + " template " + database.name());
            copy.execute("update still set t = 'x' where id = 5");
            database.execute("update still set t = 'y' where id = 5");
            String backup = desk.backup(database);
            DiffJson other = Jsonb.instance()
                    .type(DiffJson.class)
                    .fromJson(desk.run(copy, "diff", backup, "--json", "--no-schema"));
            assertThat(other.changed()).isEqualTo(1);
            assertThat(read(other)).isEqualTo(inAll(other));
            assertThat(desk.pgkeep(copy, "diff", backup, "--no-schema", "--timings")
                            .output())
                    .contains("read whole: 12 tables (the database was created anew)");
        }
    }

    private DiffJson told(String backup, String... more) {
        return Jsonb.instance().type(DiffJson.class).fromJson(run(backup, more));
    }

    private String run(String backup, String... more) {
        return desk.run(
                database,
                Stream.concat(Stream.of("diff", backup, "--json", "--no-schema", "--samples", "1000"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private static long read(DiffJson json) {
        return Objects.requireNonNull(json.bytesRead());
    }

    private static long inAll(DiffJson json) {
        return Objects.requireNonNull(json.bytesInAll());
    }

    /** But for how much was read. */
    private String json(String backup, String... more) {
        return run(backup, more).replaceAll("\"(rowsRead|chunkBytesRead|bytesRead)\": \\d+", "");
    }

    /** Statements, parted by ;; where they go in transactions of their own. */
    private String change(Random random) {
        String table = NAMES.get(random.nextInt(NAMES.size()));
        int some = random.nextInt(7);
        int many = 50 + random.nextInt(900);
        return switch (random.nextInt(18)) {
            case 0 -> "update " + table + " set n = n where n = " + some;
            case 1 -> "update " + table + " set n = n where ctid < '(40,1)' and n % 3 = 1";
            case 2 -> "delete from " + table + " where ctid between '(33,1)' and '(35,9)'";
            case 3 -> "delete from " + table + " where n = " + some + ";;vacuum " + table;
            case 4 -> "vacuum (freeze) " + table;
            case 5 -> "vacuum full " + plain(table);
            case 6 ->
                "insert into still select " + random.nextInt(1 << 30) + " + n, n, 'new' from generate_series(1, " + many
                        + ") n on conflict do nothing;;delete from still where t = 'new' and id % 2 = 0;;vacuum still";
            case 7 ->
                "insert into heap select n % 90, repeat(md5((n % 90)::text), 3) from generate_series(1, " + many
                        + ") n";
            case 8 ->
                "begin; update " + table + " set n = n; rollback;;begin; savepoint a; delete from heap where n = 3;"
                        + " rollback to a; delete from heap where n = " + some + "; commit";
            case 9 ->
                "alter table twin_a rename to twin_c;;alter table twin_b rename to twin_a;;"
                        + "alter table twin_c rename to twin_b";
            case 10 -> "alter table twin_a add column x" + random.nextInt(1 << 30) + " int default 7";
            case 11 ->
                "alter type mood rename value 'sad' to 'x';;alter type mood rename value 'ok' to 'sad';;"
                        + "alter type mood rename value 'x' to 'ok'";
            case 12 -> "select count(*) from (select * from still for update) s";
            case 13 -> "update parts set n = (n + 1) % 7 where id % " + many + " = 1";
            case 14 ->
                "alter table still rename n to x;;alter table still rename t to n;;alter table still rename x to t;;"
                        + "alter table still rename n to x;;alter table still rename t to n;;alter table still rename x to t";
            case 15 ->
                "alter table parts detach partition \"P 1\";;delete from \"P 1\" where id % 50 = 3;;"
                        + "alter table parts attach partition \"P 1\" for values in (3, 4)";
            case 16 -> "update wide set t = t || 'x' where id = " + (1 + random.nextInt(300));
            default ->
                "truncate twin_b;;insert into twin_b select n, n % 7, md5((-n)::text) from generate_series(1, "
                        + "6000) n";
        };
    }

    private static String plain(String table) {
        return table.equals("parts") ? "p0" : table;
    }
}
