package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of tables of every shape go out by ranges and come back the same. */
final class RangeReaderIT {
    private TestDatabase database;

    @BeforeEach
    void create() {
        database = PostgresServers.any().database("ranges");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void rows_of_all_ranges_are_the_rows_of_the_table() throws Exception {
        database.execute("create table t (id int, x text); insert into t select i, repeat('x', i % 500) from"
                + " generate_series(1, 60000) i");
        try (var reading = Reading.of(database)) {
            assertThat(Ranges.extents(reading.table("t"))).hasSizeGreaterThan(3);
        }
        assertRoundTrip("t");
    }

    @Test
    void dropped_and_generated_columns_are_left_out() throws Exception {
        database.execute("create table t (gone int, id int, twice int generated always as (id * 2) stored, x text);"
                + " insert into t (gone, id, x) values (1, 2, 'three'), (4, 5, 'six'); alter table t drop gone");
        try (var reading = Reading.of(database)) {
            assertThat(reading.table("t").columnNames()).containsExactly("id", "x");
        }
        assertRoundTrip("t");
    }

    @Test
    void a_table_of_generated_columns_alone_keeps_its_rows() throws Exception {
        database.execute("create table t (one int generated always as (1) stored); insert into t select from"
                + " generate_series(1, 3)");
        assertRoundTrip("t");
    }

    @Test
    void a_table_without_columns_keeps_its_rows() throws Exception {
        database.execute("create table t (); insert into t select from generate_series(1, 7)");
        try (var reading = Reading.of(database)) {
            assertThat(reading.rows(reading.table("t"))).hasSize(7).allMatch(row -> row.length == 2);
        }
        assertRoundTrip("t");
    }

    @Test
    void an_empty_table_has_one_range_without_rows() {
        database.execute("create table t (id int)");
        try (var reading = Reading.of(database)) {
            CopyTable table = reading.table("t");
            assertThat(Ranges.extents(table)).containsExactly(new BlockRange(0, Ranges.FEWEST, true));
            assertThat(reading.rows(table)).isEmpty();
            assertThat(reading.content("t")).isEqualTo(RowHash.EMPTY);
        }
    }

    @Test
    void partitions_are_read_each_and_summed_by_their_root() {
        database.execute("""
                create table root (id int, k text) partition by list (k);
                create table a partition of root for values in ('a');
                create table b partition of root for values in ('b') partition by range (id);
                create table b1 partition of b for values from (0) to (10);
                insert into root values (1, 'a'), (2, 'b'), (3, 'b');""");
        try (var reading = Reading.of(database)) {
            var root = new TableName("public", "root");
            assertThat(reading.tables())
                    .allSatisfy(table -> assertThat(table.root()).contains(root))
                    .noneMatch(CopyTable::loadThroughRoot)
                    .extracting(table -> table.name().name())
                    .containsExactlyInAnyOrder("a", "b1");
            assertThat(ContentReader.byRoot(reading.tables(), reading.contents()))
                    .containsOnlyKeys(root)
                    .allSatisfy((name, content) -> assertThat(content.rows()).isEqualTo(3));
        }
    }

    @Test
    void hash_partitions_over_enums_are_loaded_through_the_root() {
        database.execute("""
                create type mood as enum ('sad', 'happy');
                create table e (m mood) partition by hash (m);
                create table e0 partition of e for values with (modulus 1, remainder 0) partition by list (m);
                create table e00 partition of e0 default;
                create table n (m int, t text) partition by hash (m, t);
                create table n0 partition of n for values with (modulus 1, remainder 0);
                create collation odd (provider = icu, locale = 'und', deterministic = false);
                create table c (t text collate odd) partition by hash (t);
                create table c0 partition of c for values with (modulus 1, remainder 0);""");
        try (var reading = Reading.of(database)) {
            assertThat(reading.tables())
                    .filteredOn(CopyTable::loadThroughRoot)
                    .extracting(table -> table.name().name())
                    .containsExactlyInAnyOrder("e00", "c0");
            assertThat(reading.table("e00").root()).contains(new TableName("public", "e"));
        }
    }

    @Test
    void inheritance_parents_give_only_their_own_rows() throws Exception {
        database.execute("create table t (id int); create table child (more text) inherits (t);"
                + " insert into t values (1); insert into child values (2, 'x'), (3, 'y')");
        try (var reading = Reading.of(database)) {
            assertThat(reading.table("child").root()).isEmpty();
            assertThat(reading.rows(reading.table("t"))).hasSize(1);
            assertThat(reading.rows(reading.table("child"))).hasSize(2);
        }
    }

    @Test
    void unlogged_tables_are_read_and_foreign_temporary_and_materialized_ones_are_not() throws Exception {
        database.execute("""
                create unlogged table t (id int); insert into t values (1);
                create foreign data wrapper w; create server s foreign data wrapper w;
                create foreign table f (id int) server s;
                create materialized view m as select 1;""");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create temporary table mine (id int)");
            try (var reading = Reading.of(database)) {
                assertThat(reading.tables()).hasSize(1);
                assertThat(reading.rows(reading.table("t"))).hasSize(1);
            }
        }
    }

    @Test
    void sixteen_hundred_columns_pass() throws Exception {
        String columns = String.join(
                ", ",
                IntStream.range(0, 1600)
                        .mapToObj(i -> "c" + i + (i % 3 == 0 ? " bool" : i % 3 == 1 ? " \"char\"" : " text"))
                        .toList());
        database.execute("create table t (" + columns + ")");
        database.execute("insert into t (c0, c1, c2, c1598) select true, 'x', repeat(md5(i::text), 2000), 'last' from"
                + " generate_series(1, 50) i");
        // Each of them is narrow, all of them together are 20 MB.
        var texts = IntStream.range(0, 400).map(i -> 2 + 3 * i).boxed().toList();
        database.execute("insert into t (" + texts.stream().map(i -> "c" + i).collect(Collectors.joining(", "))
                + ") values ("
                + texts.stream().map(i -> "repeat(md5('" + i + "'), 1600)").collect(Collectors.joining(", ")) + ")");
        assertThat(widths("t").wideRows).isEqualTo(1);
        assertRoundTrip("t");
    }

    @Test
    void odd_names_pass() throws Exception {
        String name = "a \"quoted\" 'one'.\\with\n{\"line\"} %s ?";
        String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
        database.execute("create schema " + quoted + "; create table " + quoted + "." + quoted + " (" + quoted
                + " text, \"ctid \" int, \"Straße 日本\" text)");
        database.execute("insert into " + quoted + "." + quoted + " values ('x', 1, 'ß')");
        try (var reading = Reading.of(database)) {
            CopyTable table = reading.table(name);
            List<byte[]> rows = reading.rows(table);
            assertThat(reading.write(rows, table, database, table.name())).isEqualTo(1);
            assertThat(reading.rows(table)).hasSize(1);
        }
        assertThat(database.count(quoted + "." + quoted)).isEqualTo(2);
    }

    @Test
    void rows_that_come_after_the_snapshot_are_not_seen() {
        database.execute(
                "create table t (id int, x text); insert into t select i, 'x' from generate_series(1, 1000) i");
        try (var reading = Reading.of(database)) {
            database.execute("insert into t select i, repeat('y', 1000) from generate_series(1, 10000) i;"
                    + " update t set x = 'z' where id < 500; delete from t where id > 900");
            List<byte[]> rows = reading.rows(reading.table("t"));
            assertThat(rows).hasSize(1000);
        }
    }

    @Test
    void deleted_rows_and_empty_blocks_are_passed_over() throws Exception {
        database.execute("create table t (id int, x text); insert into t select i, repeat('x', 900) from"
                + " generate_series(1, 20000) i; delete from t where id % 1000 <> 0");
        database.execute("vacuum t");
        assertRoundTrip("t");
    }

    @Test
    void a_table_truncated_between_snapshot_and_lock_is_named() {
        for (String change : List.of(
                "truncate t",
                "alter table t alter id type bigint",
                "drop table t",
                "alter table t rename to u",
                "drop table t; create table t (id int)",
                "vacuum full t")) {
            try (var database = PostgresServers.any().database("changed")) {
                database.execute("create table t (id int); insert into t values (1)");
                try (var snapshot = Snapshot.take(Reading.CONNECTOR, database.target(), "test")) {
                    List<CopyTable> tables = CopyCatalog.read(snapshot.connection());
                    database.execute(change);
                    assertThatThrownBy(() -> TableLocks.take(snapshot.connection(), tables, Duration.ofSeconds(1)))
                            .as(change)
                            .isInstanceOfSatisfying(
                                    PgkeepException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_BUSY))
                            .hasMessageContaining("public.t was");
                }
            }
        }
    }

    @Test
    void a_locked_table_is_named_with_who_holds_it() throws Exception {
        database.execute("create table a (id int); create table b (id int); create table c (id int)");
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var snapshot = Snapshot.take(Reading.CONNECTOR, database.target(), "test")) {
            connection.setAutoCommit(false);
            statement.execute("lock table b in access exclusive mode");
            List<CopyTable> tables = CopyCatalog.read(snapshot.connection());
            assertThat(tables).hasSize(3);
            assertThatThrownBy(() -> TableLocks.take(snapshot.connection(), tables, Duration.ofMillis(200)))
                    .hasMessageContaining("the table public.b could not be locked within 200 ms")
                    .hasMessageContaining("lock table b in access exclusive mode");
        }
    }

    @Test
    void rows_that_a_policy_hides_are_an_error_and_never_left_out() {
        database.execute("""
                create table t (id int); insert into t values (1), (2);
                alter table t enable row level security; create policy p on t using (id = 1);""");
        String role = PostgresServers.any().uniqueName("policed");
        database.execute("create role " + role + "; grant select on t to " + role);
        try (var reading = Reading.of(database)) {
            assertThat(reading.rows(reading.table("t"))).hasSize(2);
            try (var statement = reading.session().connection().createStatement()) {
                statement.execute("set local role " + role);
                assertThatThrownBy(() -> reading.rows(reading.table("t")))
                        .isInstanceOf(PgkeepException.class)
                        .hasMessageContaining("public.t, blocks 0 on")
                        .hasMessageContaining("row-level security");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        database.execute("drop owned by " + role + "; drop role " + role);
    }

    @Test
    void wide_rows_come_in_pieces_with_their_neighbours_around_them() throws Exception {
        database.execute("create table t (id int, a text, b bytea, c text, d jsonb, e int[])");
        database.execute("""
                insert into t select i,
                    case when i in (1, 500, 501, 1000) then repeat('ä\\', 5000000) end,
                    case when i = 501 then decode(repeat('ff00', 4500000), 'hex') end,
                    case when i % 2 = 0 then md5(i::text) end,
                    case when i = 700 then jsonb_build_object('k', repeat('"', 9000000)) end,
                    case when i = 800 then array_fill(7, array[1500, 1500]) end
                from generate_series(1, 1000) i""");
        Widths seen = widths("t");
        assertThat(seen.wideRows).isEqualTo(6);
        assertThat(seen.narrowRows).isEqualTo(994);
        assertThat(seen.widest).isEqualTo(RangeReader.PIECE_BYTES);
        assertRoundTrip("t");
    }

    @LongForm
    @Test
    void wide_rows_of_text_tables_are_escaped_as_the_server_does() throws Exception {
        database.execute("create type pair as (x int, y text); create table t (id int, p pair, a text, z tsquery)");
        database.execute("""
                insert into t select i, row(i, E'a\\tb')::pair,
                    case when i % 10 = 3 then repeat(E'ä\\\\\\t\\n\\r\\b\\f\\x0b ~', 1000000) end
                from generate_series(1, 30) i""");
        database.execute("insert into t values (31, row(31, repeat(E'y\\\\', 6000000))::pair, null)");
        Widths seen = widths("t");
        assertThat(seen.format).isEqualTo(RowFormat.TEXT);
        assertThat(seen.wideRows).isEqualTo(4);
        assertThat(seen.widest).isEqualTo(RangeReader.PIECE_BYTES);
        assertRoundTrip("t");
        assertThat(contentByCopy("t")).isEqualTo(contentByReader("t"));
    }

    @Test
    void a_wide_row_has_the_same_bytes_in_pieces_as_in_one() throws Exception {
        database.execute("create table t (id int, a text, n name, b bytea, c char(5), d text)");
        database.execute("insert into t values (1, repeat('x', 9000000), 'n', '', 'c', null),"
                + " (2, null, 'n', repeat('y', 20000000)::bytea, '', '')");
        assertThat(contentByCopy("t")).isEqualTo(contentByReader("t"));
    }

    /** In jsonb and as text, a number of 131,072 digits is sent for a few bytes: no search by size finds that. */
    @Test
    void rows_that_grow_a_thousandfold_on_their_way_out_come_in_pieces_too() throws Exception {
        int numbers = Campaign.of(80, 600);
        database.execute("create table t (id int, d jsonb); insert into t values (1, '{}'), (3, '{}')");
        database.execute("insert into t select 2, jsonb_agg('1e131071'::numeric) from generate_series(1, " + numbers
                + "); insert into t values (4, '{}')");
        Widths seen = widths("t");
        assertThat(seen.wideRows).isEqualTo(1);
        assertThat(seen.narrowRows).isEqualTo(3);
        assertThat(seen.widest).isEqualTo(RangeReader.PIECE_BYTES);
        assertRoundTrip("t");
        assertThat(contentByCopy("t")).isEqualTo(contentByReader("t"));
    }

    @Test
    void numbers_of_text_tables_that_are_short_only_on_disk_come_in_pieces_too() throws Exception {
        int columns = Campaign.of(80, 600);
        String numbers = IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        database.execute("create table t (q tsquery, " + numbers.replace(",", " numeric,") + " numeric)");
        database.execute("insert into t values ('a & b'); insert into t (" + numbers + ") values ("
                + "1e131071, ".repeat(columns - 1) + "7)");
        Widths seen = widths("t");
        assertThat(seen.format).isEqualTo(RowFormat.TEXT);
        assertThat(seen.wideRows).isEqualTo(1);
        assertThat(seen.widest).isEqualTo(RangeReader.PIECE_BYTES);
        assertRoundTrip("t");
    }

    private Widths widths(String name) {
        try (var reading = Reading.of(database)) {
            CopyTable table = reading.table(name);
            var seen = new Widths(table.format());
            Ranges.extents(table).forEach(range -> new RangeReader(reading.session()).read(table, range, seen));
            return seen;
        }
    }

    /** Content of the rows as a COPY of the whole table gives them. */
    private RowHash contentByCopy(String table) throws Exception {
        try (var reading = Reading.of(database)) {
            CopyTable copied = reading.table(table);
            var hasher = new RowHasher();
            new CopyOutStream(reading.session().connection())
                    .read("(SELECT * FROM public." + table + ")", copied.format(), hasher::add);
            return hasher.total();
        }
    }

    private RowHash contentByReader(String table) {
        try (var reading = Reading.of(database)) {
            return reading.content(table);
        }
    }

    /** Copies a table of schema public into a new one of the same shape, and compares. */
    private void assertRoundTrip(String name) throws Exception {
        database.execute("create table twin (like " + name + " including generated)");
        RowHash content;
        try (var reading = Reading.of(database)) {
            CopyTable table = reading.table(name);
            content = reading.content(name);
            List<byte[]> rows = reading.rows(table);
            assertThat(reading.write(rows, table, database, new TableName("public", "twin")))
                    .isEqualTo(rows.size())
                    .isEqualTo(content.rows());
        }
        assertThat(content.rows()).isEqualTo(database.count(name));
        assertThat(contentByReader("twin")).isEqualTo(content);
        String differences =
                "select count(*) from (select this_row::text from %s this_row except all select this_row::text from %s this_row) d";
        assertThat(database.ask(differences.formatted(name, "twin"))).isEqualTo("0");
        assertThat(database.ask(differences.formatted("twin", name))).isEqualTo("0");
    }

    /** How rows arrive. */
    private static final class Widths implements RowConsumer {
        private final RowFormat format;
        private int narrowRows;
        private int wideRows;
        private int widest;

        Widths(RowFormat format) {
            this.format = format;
        }

        @Override
        public void row(byte[] bytes, int offset, int length) {
            narrowRows++;
            widest = Math.max(widest, length);
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, boolean last) {
            wideRows += last ? 1 : 0;
            widest = Math.max(widest, length);
        }
    }
}
