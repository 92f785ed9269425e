package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a diff says, between backups and against the database. */
final class DiffIT {
    private static final String SHOP = """
            create table customers (id int primary key, name text not null, email text unique);
            insert into customers select n, md5(n::text), 'c' || n || '@example.com' from generate_series(1, 300) n;
            create table orders (
                id bigint generated always as identity primary key, customer int references customers, note text,
                total numeric(10,2));
            insert into orders (customer, note, total)
            select 1 + n % 300, md5(n::text), n * 1.5 from generate_series(1, 20000) n;
            create table log (at timestamptz, what text);
            insert into log select '2026-01-01'::timestamptz + n * interval '1 second', 'x' || n % 3
            from generate_series(1, 200) n;
            """;

    private static final String NIGHT = """
            delete from orders where id between 500 and 509;
            update orders set total = total + 1, note = null where id = 7;
            insert into customers values (1000, 'new', null);
            delete from log where what = 'x1' and at < '2026-01-01 00:00:10Z';
            """;

    @TempDir
    Path folder;

    @Test
    void what_a_night_did_is_told_between_backups_and_against_the_database() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("shop")) {
            shop.execute(SHOP);
            String before = desk.backup(shop);
            assertThat(desk.run(shop, "diff")).contains("no difference in 3 tables");
            shop.execute(NIGHT);
            String after = desk.backup(shop);
            for (String second : new String[] {after, "live"}) {
                String text = desk.run(shop, "diff", before, second, "--no-schema");
                assertThat(text)
                        .contains("- id 500, customer 201, note ")
                        .contains("~ id 7: note ")
                        .contains("total 10.50 → 11.50")
                        .contains("+ id 1000, name new, email NULL")
                        .contains("13 rows removed, 1 added, 1 changed in 3 tables of 3");
                assertThat(desk.pgkeep(shop, "diff", before, second, "--exit-code")
                                .status())
                        .isEqualTo(6);
                assertThat(desk.run(shop, "diff", before, second, "-t", "customers", "--json"))
                        .contains("\"added\": 1")
                        .contains("\"compared\": 1");
            }
            assertThat(desk.pgkeep(shop, "diff", before, before, "--exit-code").status())
                    .isZero();
        }
    }

    @Test
    void statements_turn_the_second_into_the_first() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("shop");
                TestDatabase old = PostgresServers.any().database("old")) {
            shop.execute(SHOP);
            old.execute(SHOP);
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            DiffDesk.apply(shop, desk.run(shop, "diff", before, "--sql"));
            DiffDesk.areEqual(old, shop, "after the statements");
            shop.execute(NIGHT);
            DiffDesk.apply(shop, desk.run(shop, "diff", before, "--sql", "--replica"));
            DiffDesk.areEqual(old, shop, "after the statements as a replica");
        }
    }

    @Test
    void lost_rows_are_put_back_and_that_can_be_undone() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("shop");
                TestDatabase old = PostgresServers.any().database("old")) {
            shop.execute(SHOP);
            old.execute(SHOP);
            desk.backup(shop);
            shop.execute(NIGHT.replaceAll("insert .*", ""));
            assertThat(desk.pgkeep(shop, "diff", "latest", "--repair").status()).isEqualTo(4);
            assertThat(desk.run(shop, "diff", "latest", "--repair", "--dry-run"))
                    .contains("Dry run");
            assertThat(shop.count("orders")).isEqualTo(19_990);
            assertThat(desk.run(shop, "diff", "latest", "--repair", "--yes"))
                    .contains("10 rows back and 1 row changed back in ");
            // Rows without a key are told, not put back: how often they should be there is not known.
            assertThat(desk.pgkeep(shop, "diff", "latest", "--repair", "--yes").output())
                    .contains("log has no key: its 3 rows are left out");
            DiffDesk.apply(shop, desk.run(shop, "diff", "latest", "-t", "log", "--sql"));
            DiffDesk.areEqual(old, shop, "after the repair and the statements");
            desk.run(shop, "undo", "--yes");
            assertThat(shop.count("orders")).isEqualTo(19_990);
        }
    }
}
