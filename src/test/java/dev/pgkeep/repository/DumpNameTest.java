package dev.pgkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the names of dump files tell. */
final class DumpNameTest {
    @ParameterizedTest
    @CsvSource({
        // pg_back, docker-postgres-backup-local (daily, weekly, monthly), autopostgresqlbackup, loops of pg_dump
        "shop_2026-11-20T14:30:52Z, shop",
        "shop_2026-11-20T14:30:52+0100, shop",
        "shop-20261120, shop",
        "shop-20261120-143052, shop",
        "shop-202647, shop",
        "shop-202611, shop",
        "shop_2026-11-20_14h30m.Friday, shop",
        "2026-11-20-shop, shop",
        "20261120_143052_shop_prod, shop_prod",
        "backup_shop_prod_2026-11-20, shop_prod",
        "shop-backup-2026-11-20, shop",
        "Shop 2026-11-20, Shop",
        "pg_globals_2026-11-20T14:30:52Z, pg_globals",
        "backup_2026-11-20,",
        "2026-11-20,",
        "daily-dump-20261120,",
        // Without a date anybody may have named it, after anything.
        "shop,",
        "seed,",
    })
    void a_database_stands_beside_a_date(String name, String database) {
        assertThat(new DumpName(name).database().orElse(null)).isEqualTo(database);
    }

    @Test
    void a_name_without_a_date_says_a_database_to_who_asks_for_it() {
        for (String name : new String[] {"shop", "SHOP", "shop-latest", "shop_backup", "shop_2026-11-20"}) {
            assertThat(new DumpName(name).isOf("shop")).as(name).isTrue();
        }
        for (String name : new String[] {"shop_prod", "shop2", "backup", "my-shop", "latest"}) {
            assertThat(new DumpName(name).isOf("shop")).as(name).isFalse();
        }
        assertThat(new DumpName("backup").isOf("backup")).isTrue();
    }
}
