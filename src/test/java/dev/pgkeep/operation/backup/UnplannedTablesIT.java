package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables whose indexes call functions that find others by the search path: no query of ours can be planned for them.
 */
final class UnplannedTablesIT {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServers.any().database("unplanned");
    private InProcessPgkeep pgkeep;

    @BeforeEach
    void create() {
        pgkeep = InProcessPgkeep.on(database, folder);
        database.execute("""
                create schema shop;
                set search_path = shop;
                create function lowered(text) returns text language sql immutable as $$ select lower($1) $$;
                create function slug(text) returns text language sql immutable as $$ select lowered($1) || '-' $$;
                create table rates (rate int);
                insert into rates values (3);
                create function rate() returns int language plpgsql immutable as
                    $$ begin return (select max(rate) from rates); end $$;
                create table titles (id int primary key, title text);
                insert into titles select n, repeat('Title ', n) from generate_series(1, 3000) n;
                create index by_slug on titles (slug(title)) where id < 10;
                create table prices (id int primary key, price int);
                insert into prices select n, n from generate_series(1, 20) n;
                create index by_rate on prices ((price * rate()));
                create table seen (id int primary key, name text);
                insert into seen select n, 'x' from generate_series(1, 5) n;
                create statistics seen_slugs on (slug(name)), id from seen;
                create table emptied (id int, name text);
                create index on emptied (slug(name))""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void they_are_backed_up_whole_in_each_format_and_the_warning_says_what_a_restore_will_miss() {
        Finished chunked = pgkeep.run("backup", "--name", "chunked");
        assertThat(chunked.status()).as(chunked.output()).isZero();
        assertThat(chunked.output())
                .contains("shop.titles", "shop.prices", "shop.seen", "ALTER FUNCTION")
                .contains("3,026 in 5 tables");
        Finished custom = pgkeep.run("backup", "--name", "custom", "--format", "custom");
        assertThat(custom.status()).as(custom.output()).isZero();
        assertThat(custom.output()).contains("3,026 in 5 tables");
        assertThat(pgkeep.run("verify", "chunked").status()).isZero();
    }

    @Test
    void a_backup_is_compared_with_them_and_comes_back_when_the_functions_are_mended() {
        assertThat(pgkeep.run("backup", "--name", "before").status()).isZero();
        database.execute("set search_path = shop; update prices set id = 100 where id = 7");
        Finished diff = pgkeep.run("diff", "before", "--no-schema");
        assertThat(diff.output()).contains("- id 7", "+ id 100", "1 row removed, 1 added, 0 changed in 1 table of 5");

        database.execute("alter function shop.slug(text) set search_path = shop, pg_catalog;"
                + " alter function shop.rate() set search_path = shop, pg_catalog");
        Finished mended = pgkeep.run("backup", "--name", "mended");
        assertThat(mended.status()).as(mended.output()).isZero();
        assertThat(mended.output()).doesNotContain("ALTER FUNCTION");
        database.execute("truncate shop.titles");
        Finished restored = pgkeep.run("restore", "mended", "--yes");
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(database.count("shop.titles")).isEqualTo(3000);
    }
}
