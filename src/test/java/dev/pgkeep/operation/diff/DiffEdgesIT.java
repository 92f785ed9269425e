package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not just a row of an ordinary table. */
final class DiffEdgesIT {
    @TempDir
    Path folder;

    private final TestServer server = PostgresServers.any();

    @Test
    void schemas_are_compared_by_what_they_are_and_not_by_how_they_were_dumped() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = server.database("shop")) {
            shop.execute("""
                    create table items (id int primary key, name text);
                    create table gone (id int);
                    create type mood as enum ('a', 'b');
                    create view names as select name from items;
                    create table "Ödd t" (id int generated always as identity primary key, m mood[]);
                    insert into gone values (1), (2);
                    """);
            String before = desk.backup(shop);
            assertThat(desk.run(shop, "diff", before)).contains("no difference in 3 tables and the schema");
            shop.execute("""
                    alter table items add column price numeric not null default 0;
                    drop table gone;
                    create table fresh (id int);
                    insert into items values (1, 'x', 2);
                    """);
            String after = desk.backup(shop);
            for (String second : new String[] {after, "live"}) {
                assertThat(desk.run(shop, "diff", before, second))
                        .contains("schema  1 table and 1 column added, 1 table removed")
                        .contains("column  public.items.price")
                        .contains("the table is gone, with 2 rows")
                        .contains("the table is new")
                        .contains("not compared, only in")
                        .contains("0 rows removed, 1 added, 0 changed");
            }
            assertThat(server.ask("select count(*) from pg_database where datname like '%pgkeep%scratch%'"))
                    .isEqualTo("0");
        }
    }

    @LongForm
    @Test
    void wide_rows_are_compared_in_pieces_and_written_back() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase wide = server.database("wide");
                TestDatabase old = server.database("old")) {
            String make = """
                    create table files (id int primary key, name text, body bytea, plain text, m int[]);
                    alter table files alter body set storage external, alter plain set storage external;
                    insert into files select n, 'f' || n,
                        (select string_agg(sha256((n || '-' || k)::bytea), '') from generate_series(1, case n when 2 then 300000 else 9 end) k),
                        repeat('it''s \\ wide ' || n, case n when 3 then 700000 else 9 end), array[n]
                    from generate_series(1, 3) n;
                    """;
            wide.execute(make);
            old.execute(make);
            String before = desk.backup(wide);
            assertThat(desk.run(wide, "diff", before, "--no-schema")).contains("no difference");
            wide.execute("""
                    update files set body = overlay(body placing '\\x00'::bytea from 9000000) where id = 2;
                    delete from files where id = 3;
                    update files set name = 'other' where id = 1
                    """);
            String after = desk.backup(wide);
            for (String second : new String[] {after, "live"}) {
                assertThat(desk.run(wide, "diff", before, second, "--no-schema"))
                        .contains("1 row removed, 0 added, 2 changed")
                        .contains("body (1)", "name (1)");
            }
            DiffDesk.apply(wide, desk.run(wide, "diff", before, "--sql", "--no-schema"));
            assertThat(desk.run(wide, "diff", before, "--no-schema")).contains("no difference");
            DiffDesk.areEqual(old, wide, "wide rows");
        }
    }

    @Test
    void of_equal_rows_without_a_key_as_many_come_and_go_as_there_were() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase log = server.database("log");
                TestDatabase old = server.database("old")) {
            String make = """
                    create table log (what text, j json, p point);
                    insert into log select 'x' || n % 2, '{"a": 1}', null from generate_series(1, 6) n;
                    insert into log values (null, null, '(1,2)'), ('', 'null', null);
                    """;
            log.execute(make);
            old.execute(make);
            String before = desk.backup(log);
            log.execute("""
                    delete from log where ctid in (select ctid from log where what = 'x0' limit 2);
                    insert into log select * from log where what = 'x1';
                    delete from log where what is null
                    """);
            assertThat(desk.run(log, "diff", before, "--no-schema"))
                    .contains("3 rows removed, 3 added, 0 changed")
                    .contains("compared by whole rows");
            DiffDesk.apply(log, desk.run(log, "diff", before, "--sql", "--no-schema"));
            DiffDesk.areEqual(old, log, "rows without a key");
        }
    }

    @Test
    void rewritten_tables_and_moved_partitions_are_not_taken_for_changes() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = server.database("shop")) {
            shop.execute("""
                    create table orders (id int, part int, note text, primary key (id, part)) partition by list (part);
                    create table orders_1 partition of orders for values in (1);
                    create table orders_2 (note text, part int not null, id int not null);
                    alter table orders attach partition orders_2 for values in (2);
                    insert into orders select n, 1 + n % 2, md5(n::text) from generate_series(1, 30000) n;
                    """);
            String before = desk.backup(shop);
            shop.execute("update orders set note = 'new' where id = 77; delete from orders where id > 29990");
            shop.execute("vacuum full orders_1");
            shop.execute("""
                    create table orders_3 (like orders);
                    insert into orders_3 select id, part, note from orders_2;
                    alter table orders detach partition orders_2;
                    drop table orders_2;
                    alter table orders attach partition orders_3 for values in (2)
                    """);
            String after = desk.backup(shop);
            for (String second : new String[] {after, "live"}) {
                assertThat(desk.run(shop, "diff", before, second, "--no-schema"))
                        .contains("10 rows removed, 0 added, 1 changed in 1 table of 1");
            }
        }
    }

    @Test
    void texts_of_other_encodings_are_the_same_texts() {
        DiffDesk desk = new DiffDesk(folder);
        TestDatabase latin = server.databaseToBe(server.uniqueName("latin"));
        server.execute("create database " + latin.name()
                + " encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        try (latin;
                TestDatabase unicode = server.database("unicode")) {
            String make = "create table t (id int primary key, \"größe\" text, wide text); insert into t values"
                    + " (1, 'straße', repeat('ä', 50000)), (2, 'é', '')";
            latin.execute(make);
            unicode.execute(make);
            String before = desk.backup(latin);
            assertThat(desk.run(unicode, "diff", before, "--no-schema")).contains("no difference");
            unicode.execute("update t set \"größe\" = 'ö' where id = 2; delete from t where id = 1");
            assertThat(desk.run(unicode, "diff", before, "--no-schema")).contains("größe é → ö");
            latin.execute("delete from t where id = 1; update t set \"größe\" = 'ü'");
            assertThat(desk.run(latin, "diff", before, "--no-schema")).contains("größe é → ü");
            DiffDesk.apply(latin, desk.run(latin, "diff", before, "--sql", "--no-schema"));
            assertThat(desk.run(latin, "diff", before, "--no-schema")).contains("no difference");
        }
    }

    @Test
    void what_a_backup_left_out_is_not_gone() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = server.database("shop")) {
            shop.execute("create table a (id int primary key); create table b (id int primary key)");
            String part = desk.run(shop, "backup", "-t", "a", "-o", "name").strip();
            shop.execute("insert into a values (1); insert into b values (1)");
            Finished finished = desk.pgkeep(shop, "diff", part, "--no-schema");
            assertThat(finished.stdout()).contains("0 rows removed, 1 added, 0 changed in 1 table of 1");
            assertThat(finished.output()).contains("holds only what was chosen for it");
        }
    }
}
