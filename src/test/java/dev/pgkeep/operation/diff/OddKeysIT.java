package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are equal to the server though they are written otherwise. */
final class OddKeysIT {
    private static final String BEFORE = """
            create extension citext;
            create collation ci (provider=icu, locale='und-u-ks-level2', deterministic=false);
            create collation ai (provider=icu, locale='und-u-ks-level1', deterministic=false);
            create domain price as numeric;
            create table k_citext(k citext primary key, v int);
            create table k_ci(k text collate ci primary key, v int);
            create table k_ai(k text collate ai primary key, v int);
            create table k_num(k numeric primary key, v int);
            create table k_dom(k price primary key, v int);
            create table k_float(k float8 primary key, v int);
            create table k_int(k interval primary key, v int);
            create table k_jsonb(k jsonb primary key, v int);
            create table k_arr(k numeric[] primary key, v int);
            create table k_range(k numrange primary key, v int);
            create table k_bp(k bpchar primary key, v int);
            create table k_two(a int, k citext, v int, primary key (a,k));
            insert into k_citext values ('Foo',1),('Bar',2),('Gone',3),('Angst',4),('Straße',5);
            insert into k_ci values ('Foo',1),('Bar',2),('Gone',3),('Ärger',4),('résumé',5);
            insert into k_ai values ('Foo',1),('Bar',2),('Gone',3),('résumé',5);
            insert into k_num values (1.0,1),(2,2),(3,3);
            insert into k_dom values (1.0,1),(2,2),(3,3);
            insert into k_float values ('-0',1),(2,2),(3,3);
            insert into k_int values ('1 day',1),('1 mon',2),('3 hours',3);
            insert into k_jsonb values ('{"a":1.0}',1),('"1.0"',2),('3',3);
            insert into k_arr values ('{1.0,2}',1),('{2}',2),('{3}',3);
            insert into k_range values ('[1.0,2)',1),('[2,3)',2),('[3,4)',3);
            insert into k_bp values ('a ',1),('b',2),('c',3);
            insert into k_two values (1,'Foo',1),(1,'Bar',2),(1,'Gone',3);
            """;

    /** In each table one row is written otherwise, one has other values too, and one is gone; some get a new one. */
    private static final String NIGHT = """
            update k_citext set k=lower(k::text)::citext; update k_citext set v=9 where k='bar'; delete from k_citext where k='gone';
            update k_ci set k=upper(k); update k_ci set v=9 where k='bar'; delete from k_ci where k='gone'; insert into k_ci values ('resume',7);
            update k_ai set k=upper(k) where k<>'résumé'; update k_ai set k='resume' where k='résumé'; update k_ai set v=9 where k='bar'; delete from k_ai where k='gone';
            update k_num set k=1.00 where k=1; update k_num set k=2.0,v=9 where k=2; delete from k_num where k=3; insert into k_num values (1.001,1);
            update k_dom set k=1.00 where k=1; update k_dom set k=2.0,v=9 where k=2; delete from k_dom where k=3;
            update k_float set k=0 where k=0; update k_float set v=9 where k=2; delete from k_float where k=3;
            update k_int set k='24:00:00' where k='1 day'; update k_int set k='30 days',v=9 where v=2; delete from k_int where v=3;
            update k_jsonb set k='{"a":1.00}' where v=1; update k_jsonb set k='"1.00"' where v=2; delete from k_jsonb where v=3;
            update k_arr set k='{1.00,2}' where v=1; update k_arr set k='{2.0}',v=9 where v=2; delete from k_arr where v=3;
            update k_range set k='[1.00,2)' where v=1; update k_range set k='[2.0,3)',v=9 where v=2; delete from k_range where v=3;
            update k_bp set k='a   ' where v=1; update k_bp set k='b ',v=9 where v=2; delete from k_bp where v=3;
            update k_two set k=upper(k::text)::citext; update k_two set v=9 where k='bar'; delete from k_two where k='gone';
            """;

    @TempDir
    Path folder;

    @Test
    void they_are_matched_and_neither_script_nor_repair_makes_a_row_twice_or_loses_one() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("odd_keys");
                TestDatabase old = PostgresServers.any().database("odd_keys_old");
                TestDatabase scripted = PostgresServers.any().database("odd_keys_scripted")) {
            for (TestDatabase each : new TestDatabase[] {shop, old, scripted}) {
                each.execute(BEFORE);
            }
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            scripted.execute(NIGHT);

            String found = desk.run(shop, "diff", before, "--no-schema");
            assertThat(found)
                    .contains("13 rows removed, 3 added, 28 changed in 12 tables of 12")
                    .contains("~ k foo: k Foo → foo", "~ k BAR: k Bar → BAR, v 2 → 9", "- k Gone, v 3");

            DiffDesk.apply(scripted, desk.run(scripted, "diff", before, "--no-schema", "--sql"));
            DiffDesk.areEqual(old, scripted, "after the script");

            String after = desk.backup(shop);
            assertThat(desk.run(shop, "diff", before, after, "--no-schema"))
                    .contains("13 rows removed, 3 added, 28 changed in 12 tables of 12");

            desk.run(shop, "diff", before, "--no-schema", "--repair", "--yes");
            assertThat(desk.run(shop, "diff", before, "--no-schema"))
                    .contains("0 rows removed, 3 added, 0 changed in 3 tables of 12");
        }
    }
}
