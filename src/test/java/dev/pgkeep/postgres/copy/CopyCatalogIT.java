package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.ColumnHint;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import org.junit.jupiter.api.Assumptions;

/** Which tables are copied, and how. */
final class CopyCatalogIT {
    @EachServerVersion(usuallyEnds = true)
    void tables_of_extensions_stay_with_pg_dump(TestServer server) {
        try (TestDatabase database = server.database("catalog")) {
            database.execute("""
                    create extension citext;
                    create table member (id int); create table configuration (id int); create table mine (id citext);
                    alter extension citext add table member; alter extension citext add table configuration;
                    update pg_extension set extconfig = array['configuration'::regclass::oid], extcondition = array['']
                    where extname = 'citext';""");
            try (var reading = Reading.of(database)) {
                assertThat(reading.tables())
                        .extracting(table -> table.name().name())
                        .containsExactlyInAnyOrder("configuration", "mine");
                assertThat(reading.table("configuration").extension()).isTrue();
                assertThat(reading.table("mine").extension()).isFalse();
                assertThat(reading.table("mine").format()).isEqualTo(RowFormat.BINARY);
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void one_column_that_cannot_go_binary_makes_the_table_text(TestServer server) {
        try (TestDatabase database = server.database("catalog")) {
            database.execute("create domain price as numeric(10, 2);"
                    + " create table t (id int, p price, x xml); create table b (id int, p price, x text)");
            try (var reading = Reading.of(database)) {
                assertThat(reading.table("t").format()).isEqualTo(RowFormat.TEXT);
                CopyTable binary = reading.table("b");
                assertThat(binary.format()).isEqualTo(RowFormat.BINARY);
                assertThat(binary.columns())
                        .extracting(CopyTable.CopyColumn::hint)
                        .containsExactly(ColumnHint.ANY, ColumnHint.NUMERIC, ColumnHint.ANY);
                assertThat(binary.columns())
                        .extracting(CopyTable.CopyColumn::type)
                        .containsExactly("integer", "public.price", "text");
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void virtual_generated_columns_are_left_out(TestServer server) {
        Assumptions.assumeTrue(server.major() >= 18);
        try (TestDatabase database = server.database("catalog")) {
            database.execute("create table t (id int, v int generated always as (id * 2) virtual);"
                    + " insert into t (id) values (1)");
            try (var reading = Reading.of(database)) {
                CopyTable table = reading.table("t");
                assertThat(table.columnNames()).containsExactly("id");
                assertThat(reading.rows(table)).hasSize(1);
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void the_largest_table_comes_first(TestServer server) {
        try (TestDatabase database = server.database("catalog")) {
            database.execute("create table a (id int); create table b (x text); create table c (id int);"
                    + " insert into b select repeat(md5(i::text), 10) from generate_series(1, 5000) i;"
                    + " insert into c select generate_series(1, 5000)");
            try (var reading = Reading.of(database)) {
                assertThat(reading.tables())
                        .extracting(table -> table.name().name())
                        .containsExactly("b", "c", "a");
            }
        }
    }
}
