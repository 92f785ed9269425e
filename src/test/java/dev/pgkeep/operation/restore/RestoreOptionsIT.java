package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a backup can go, and what part of it. */
final class RestoreOptionsIT {
    private static final String SHOP = """
            CREATE SCHEMA sales;
            CREATE TYPE sales.state AS ENUM ('new', 'paid');
            CREATE TABLE sales.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
                referrer int REFERENCES sales.customers);
            CREATE TABLE sales.orders (id serial PRIMARY KEY, customer int NOT NULL REFERENCES sales.customers,
                state sales.state DEFAULT 'new', total numeric(9, 2) CHECK (total >= 0));
            CREATE INDEX orders_by_state ON sales.orders (state);
            CREATE TABLE public.logs (line text);
            CREATE FUNCTION sales.note() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO public.logs VALUES (''noted''); RETURN NEW; END';
            INSERT INTO sales.customers (name, referrer) VALUES ('Ann', 2), ('Bob', 1), ('Eve', 3);
            INSERT INTO sales.orders (customer, state, total) SELECT 1 + i % 3, 'paid', i FROM generate_series(1, 100) i;
            INSERT INTO public.logs VALUES ('first');
            CREATE TRIGGER noted AFTER INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.note();
            CREATE TRIGGER asleep AFTER INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.note();
            CREATE TRIGGER always AFTER INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.note();
            ALTER TABLE sales.orders DISABLE TRIGGER asleep, ENABLE ALWAYS TRIGGER always;
            CREATE VIEW sales.paid AS SELECT * FROM sales.orders WHERE state = 'paid'""";

    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    // --- another database

    @Test
    void another_database_must_be_missing_or_empty_unless_it_may_be_dropped() {
        try (var shop = shop();
                var copy = server.databaseToBe(server.uniqueName("copy"))) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup();
            Wish there = Wish.to(copy.target());

            refused(ErrorCode.PREFLIGHT_FAILED, "there is no database", () -> bench.restore(made, there));
            bench.restore(made, there.createDb());
            State.of(copy).assertSameAs(before);
            refused(ErrorCode.TARGET_NOT_EMPTY, "is not empty", () -> bench.restore(made, there.createDb()));

            copy.execute("DROP TABLE sales.orders CASCADE");
            var outcome = bench.restore(made, there.dropExisting());
            State.of(copy).assertSameAs(before);
            assertThat(outcome.safetyBackup()).isPresent();

            server.execute("DROP DATABASE " + copy.name());
            server.execute("CREATE DATABASE " + copy.name());
            assertThat(bench.restore(made, there).safetyBackup()).isEmpty();
            State.of(copy).assertSameAs(before);
            State.of(shop).assertSameAs(before);
        }
    }

    @Forms(
            value = {"true"},
            campaign = {"false"})
    void a_superusers_database_is_emptied_from_inside_with_clean(boolean everything) throws SQLException {
        try (var database = server.database()) {
            try (var connection = database.connect()) {
                (everything ? EverythingDatabase.ofSuperuser() : EverythingDatabase.ofNormalRole()).fill(connection);
            }
            var bench = Workbench.of(folder, database);
            var before = State.of(database);
            Manifest made = bench.backup();
            String oid = database.ask("SELECT oid FROM pg_database WHERE datname = current_database()");

            database.execute("CREATE TABLE public.new (n int); CREATE TYPE public.mood AS ENUM ('good');"
                    + " CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    + " SELECT lo_from_bytea(4711, 'left')");
            bench.restore(made, Wish.of(bench.target()).clean().ownersAndGrants());

            State.of(database).assertSameAs(before);
            assertThat(database.ask("SELECT oid FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo(oid);
        }
    }

    @Test
    void a_schema_alone_comes_back_without_rows() {
        try (var shop = shop();
                var copy = server.databaseToBe(server.uniqueName("copy"))) {
            var bench = Workbench.of(folder, shop);
            for (Format format : List.of(Format.CUSTOM, Format.PLAIN)) {
                Manifest made = bench.backup(Workbench.of(format, "none"));
                bench.restore(
                        made, Wish.to(copy.target()).createDb().dropExisting().schemaOnly());
                assertThat(State.of(shop).schema().difference(State.of(copy).schema()))
                        .isEmpty();
                assertThat(copy.count("sales.orders")).isZero();
            }
        }
    }

    // --- parts

    @Test
    void a_part_replaces_a_filled_database_only_when_that_is_allowed() {
        try (var shop = shop();
                var copy = server.databaseToBe(server.uniqueName("copy"))) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            var customers = new Filters(List.of("sales.customers"), List.of(), List.of(), List.of(), List.of());
            Manifest part = bench.backup(Workbench.of(Format.CUSTOM, customers));
            Manifest schema = bench.backup(Workbench.of(Content.SCHEMA));
            Wish inPlace = Wish.of(bench.target());

            refused(ErrorCode.PREFLIGHT_FAILED, "only a part of its database", () -> bench.restore(part, inPlace));
            refused(ErrorCode.PREFLIGHT_FAILED, "would be gone", () -> bench.restore(part, inPlace.clean()));
            refused(ErrorCode.PREFLIGHT_FAILED, "the schema without rows", () -> bench.restore(schema, inPlace));
            State.of(shop).assertSameAs(before);

            bench.restore(part, Wish.to(copy.target()).createDb());
            shop.execute("DELETE FROM sales.orders; DELETE FROM sales.customers");
            bench.restore(part, inPlace.dataOnly().tables("sales.customers"));
            assertThat(shop.count("sales.customers")).isEqualTo(3);

            bench.restore(part, inPlace.allowPartial());
            assertThat(shop.column("SELECT relname FROM pg_stat_user_tables")).containsExactly("customers");
        }
    }

    @Test
    void single_tables_go_into_an_empty_database_with_all_they_need() {
        try (var shop = shop();
                var part = server.database("part")) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup();

            bench.restore(made, Wish.to(part.target()).tables("sales.customers"));

            assertThat(part.count("sales.customers")).isEqualTo(3);
            assertThat(part.ask("SELECT count(*) FROM pg_constraint WHERE conrelid = 'sales.customers'::regclass"
                            + " AND contype IN ('p', 'f')"))
                    .isEqualTo("2");
            part.execute("INSERT INTO sales.customers (name) VALUES ('next')");
            assertThat(part.ask("SELECT max(id) FROM sales.customers")).isEqualTo("4");
            assertThat(part.ask("SELECT to_regclass('sales.orders')")).isEqualTo("null");
        }
    }

    @Test
    void a_lost_table_is_taken_out_of_an_archive_into_the_filled_database() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup();
            shop.execute("DROP VIEW sales.paid; DROP TABLE sales.orders");

            bench.restore(made, Wish.of(bench.target()).tables("sales.orders", "sales.paid"));

            State.of(shop).assertSameAs(before);
        }
    }

    @Test
    void a_damaged_table_is_replaced_with_clean() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup();
            shop.execute("DELETE FROM public.logs; ALTER TABLE public.logs ADD COLUMN extra int");

            bench.restore(made, Wish.of(bench.target()).clean().tables("logs"));

            State.of(shop).assertSameAs(before);
        }
    }

    @LongForm
    @Test
    void a_lost_schema_is_taken_out_of_an_archive() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup();
            shop.execute("DROP SCHEMA sales CASCADE");

            bench.restore(made, Wish.of(bench.target()).schemas("sales"));

            State.of(shop).assertSameAs(before);
        }
    }

    @LongForm
    @Test
    void tables_of_a_plain_script_come_as_rows_alone() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup(Workbench.of(Format.PLAIN, "zstd"));
            Wish orders = Wish.of(bench.target()).tables("orders");
            refused(
                    ErrorCode.PREFLIGHT_FAILED,
                    "cannot be taken out of a plain script",
                    () -> bench.restore(made, orders));

            shop.execute("UPDATE sales.orders SET total = 0");
            bench.restore(made, orders.dataOnly().truncate());

            State.of(shop).assertSameAs(before);
        }
    }

    // --- rows alone

    @Forms(
            value = {"CHUNKED"},
            campaign = {"PLAIN", "CUSTOM", "TAR", "DIRECTORY"})
    void rows_alone_refuse_filled_tables_unless_they_may_be_emptied(Format format) {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            var before = State.of(shop);
            Manifest made = bench.backup(Workbench.of(format, "none"));
            Wish rows = Wish.of(bench.target()).dataOnly();
            refused(ErrorCode.PREFLIGHT_FAILED, "hold rows", () -> bench.restore(made, rows));

            shop.execute(
                    "UPDATE sales.orders SET total = 1; DELETE FROM public.logs; INSERT INTO sales.customers (name)"
                            + " VALUES ('Zoe'); SELECT setval('sales.orders_id_seq', 1)");
            bench.restore(made, rows.truncate());
            State.of(shop).assertSameAs(before);

            shop.execute("TRUNCATE sales.orders, sales.customers, public.logs");
            bench.restore(made, rows);
            State.of(shop).assertSameAs(before);
        }
    }

    @Test
    void rows_of_everything_replace_themselves() throws SQLException {
        try (var database = server.database()) {
            try (var connection = database.connect()) {
                EverythingDatabase.ofSuperuser().fill(connection);
            }
            var bench = Workbench.of(folder, database);
            var before = State.of(database);
            Manifest made = bench.backup();
            bench.restore(made, Wish.of(bench.target()).dataOnly().truncate());
            State.of(database).assertSameAs(before);
        }
    }

    @Forms(
            value = {"CHUNKED", "CUSTOM"},
            campaign = {"DIRECTORY", "TAR", "PLAIN"})
    void rows_of_one_table_leave_the_sequences_of_others_alone(Format format) {
        try (var database = server.database()) {
            database.execute("CREATE SCHEMA more; CREATE TABLE \"a b\" (id serial, n int GENERATED ALWAYS AS IDENTITY);"
                    + " CREATE TABLE a (id serial); CREATE TABLE more.a (id serial); CREATE SEQUENCE free;"
                    + " INSERT INTO \"a b\" DEFAULT VALUES; INSERT INTO a DEFAULT VALUES;"
                    + " INSERT INTO more.a DEFAULT VALUES; SELECT nextval('free')");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(format, "none"));
            String last = "SELECT concat_ws(' ', nextval('\"a b_id_seq\"'), nextval('\"a b_n_seq\"'),"
                    + " nextval('a_id_seq'), nextval('more.a_id_seq'), nextval('free'))";
            String ahead = "SELECT setval('\"a b_id_seq\"', 50), setval('\"a b_n_seq\"', 50), setval('a_id_seq', 50),"
                    + " setval('more.a_id_seq', 50), setval('free', 50)";
            Wish rows = Wish.of(bench.target()).dataOnly().truncate();

            database.execute(ahead);
            bench.restore(made, rows.tables("\"a b\""));
            assertThat(database.ask(last)).isEqualTo("2 2 51 51 51");
            database.execute(ahead);
            bench.restore(made, rows.tables("public.a"));
            assertThat(database.ask(last)).isEqualTo("51 51 2 51 51");
            database.execute(ahead);
            bench.restore(made, Wish.of(bench.target()).dataOnly().truncate().schemas("more"));
            assertThat(database.ask(last)).isEqualTo("51 51 51 2 51");
        }
    }

    @Test
    void columns_are_matched_by_name() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup();
            List<String> before =
                    shop.column("SELECT id || ' ' || customer || ' ' || total FROM sales.orders ORDER BY 1");
            shop.execute("DROP VIEW sales.paid; DROP TABLE sales.orders; CREATE TABLE sales.orders (extra text DEFAULT"
                    + " 'new', total numeric, state sales.state, customer int REFERENCES sales.customers, id serial)");

            bench.restore(made, Wish.of(bench.target()).tables("sales.orders").dataOnly());

            assertThat(shop.column("SELECT id || ' ' || customer || ' ' || total FROM sales.orders ORDER BY 1"))
                    .isEqualTo(before);
            assertThat(shop.ask("SELECT string_agg(DISTINCT extra, '') FROM sales.orders"))
                    .isEqualTo("new");
        }
    }

    @Test
    void foreign_keys_in_cycles_over_partitions_and_from_outside_hold_again_afterwards() {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE eggs (id int PRIMARY KEY, hen int);
                    CREATE TABLE hens (id int PRIMARY KEY, egg int REFERENCES eggs DEFERRABLE INITIALLY DEFERRED);
                    ALTER TABLE eggs ADD FOREIGN KEY (hen) REFERENCES hens NOT VALID;
                    CREATE TABLE parts (id int PRIMARY KEY, hen int REFERENCES hens ON DELETE CASCADE) PARTITION BY RANGE (id);
                    CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
                    CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
                    CREATE TABLE pieces (part int REFERENCES parts);
                    COMMENT ON CONSTRAINT pieces_part_fkey ON pieces IS 'it''s mine';
                    INSERT INTO eggs VALUES (1, NULL), (2, NULL);
                    INSERT INTO hens VALUES (1, 2), (2, 1);
                    UPDATE eggs SET hen = id;
                    INSERT INTO parts VALUES (1, 1), (11, 2);
                    INSERT INTO pieces VALUES (1), (11)""");
            var bench = Workbench.of(folder, database);
            var before = State.of(database);
            Manifest made = bench.backup();
            Wish rows = Wish.of(bench.target()).dataOnly().truncate();

            bench.restore(made, rows);
            State.of(database).assertSameAs(before);

            database.execute("UPDATE parts SET hen = 1");
            bench.restore(made, rows.tables("parts*"));
            State.of(database).assertSameAs(before);
        }
    }

    @Test
    void rows_that_do_not_fit_change_nothing() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup();
            shop.execute(
                    "DELETE FROM sales.orders WHERE customer = 3 OR total >= 90; DELETE FROM sales.customers WHERE id = 3;"
                            + " ALTER TABLE sales.orders ADD CHECK (total < 90)");
            var before = State.of(shop);

            refused(
                    ErrorCode.RESTORE_FAILED,
                    "nothing was changed",
                    () -> bench.restore(made, Wish.of(bench.target()).dataOnly().truncate()));
            State.of(shop).assertSameAs(before);

            shop.execute("ALTER TABLE sales.orders DROP CONSTRAINT orders_total_check1");
            var without = State.of(shop);
            refused(
                    ErrorCode.RESTORE_FAILED,
                    "orders_customer_fkey",
                    () -> bench.restore(
                            made,
                            Wish.of(bench.target()).tables("orders").dataOnly().truncate()));
            State.of(shop).assertSameAs(without);
        }
    }

    @Test
    void missing_tables_are_named_before_anything_happens() {
        try (var shop = shop()) {
            var bench = Workbench.of(folder, shop);
            Manifest made = bench.backup();
            shop.execute("DROP TABLE public.logs");
            refused(
                    ErrorCode.PREFLIGHT_FAILED,
                    "public.logs",
                    () -> bench.restore(made, Wish.of(bench.target()).dataOnly().truncate()));
        }
    }

    // --- what a database is besides its objects

    @Test
    void a_replaced_database_keeps_owner_encoding_locale_settings_grants_comment_and_limit() {
        String name = server.uniqueName("kept");
        String reader = name + "_reader";
        server.execute("CREATE ROLE " + reader + "; CREATE ROLE " + name + "_owner");
        server.execute("CREATE DATABASE " + name + " OWNER " + name
                + "_owner ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0 CONNECTION LIMIT 17");
        try (var database = server.databaseToBe(name)) {
            database.execute("ALTER DATABASE " + name + " SET search_path = a, \"B c\"");
            database.execute("ALTER DATABASE " + name + " SET statement_timeout = '50ms'");
            database.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            server.execute("ALTER ROLE " + reader + " IN DATABASE " + name + " SET work_mem = '5MB'");
            server.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC; GRANT CONNECT ON DATABASE " + name + " TO "
                    + reader);
            server.execute("COMMENT ON DATABASE " + name + " IS 'it''s kept'");
            String properties = "SELECT datdba::regrole || pg_encoding_to_char(encoding) || datcollate || datconnlimit"
                    + " || coalesce(datacl::text, '') || shobj_description(d.oid, 'pg_database') || (SELECT"
                    + " string_agg(setrole::regrole::text || setconfig::text, ' ' ORDER BY setrole) FROM"
                    + " pg_db_role_setting WHERE setdatabase = d.oid) FROM pg_database d WHERE datname = '" + name
                    + "'";
            String before = server.ask(properties);
            assertThat(before).contains("LATIN1").contains("17").contains("5MB").contains("read_only");
            database.execute(
                    "BEGIN READ WRITE; SET LOCAL statement_timeout = 0; CREATE TABLE public.t AS SELECT 'é' AS e;"
                            + " COMMIT");
            var bench = Workbench.of(folder, database);

            bench.restore(bench.backup());

            assertThat(server.ask(properties)).isEqualTo(before);
            assertThat(database.ask("SELECT e FROM public.t")).isEqualTo("é");
        } finally {
            server.execute("DROP ROLE " + reader + ", " + name + "_owner");
        }
    }

    @Forms(
            value = {
                "Ünï-çödé-データ with 'spaces' and \"quotes\"",
            },
            campaign = {
                "quo\"te's",
                "dbname=postgres",
                "-leading",
                "a_name_that_is_as_long_as_postgresql_allows_to_be_exactly_63_by",
                "with spaces and Capitals",
                "dots.in.it",
                "postgres://x",
                "a=b",
                "back\\slash%41&?#",
            })
    void a_database_of_any_name_comes_back(String name) {
        server.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + '"');
        try (var database = server.databaseToBe(name)) {
            database.execute("CREATE TABLE t AS SELECT 1 AS n");
            var bench = Workbench.of(folder, database);
            var before = State.of(database);
            Manifest made = bench.backup();
            database.execute("DROP TABLE t; CREATE TABLE u()");
            bench.restore(made);
            State.of(database).assertSameAs(before);
            Manifest script = bench.backup(Workbench.of(Format.PLAIN, "gzip"));
            database.execute("DROP TABLE t; CREATE TABLE u()");
            bench.restore(script, Wish.of(bench.target()).clean());
            State.of(database).assertSameAs(before);
            database.execute("TRUNCATE t");
            bench.restore(made, Wish.of(bench.target()).dataOnly());
            State.of(database).assertSameAs(before);
        }
    }

    @Forms(
            value = {"EUC_JP"},
            campaign = {"LATIN1", "SQL_ASCII"})
    void a_database_of_another_encoding_comes_back(String encoding) {
        String name = server.uniqueName("enc");
        server.execute("CREATE DATABASE " + name + " ENCODING '" + encoding
                + "' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        String word = encoding.equals("EUC_JP") ? "日本" : "é";
        try (var database = server.databaseToBe(name)) {
            database.execute("CREATE TABLE \"" + word + "\" (\"" + word + "\" text, b bytea);" + " INSERT INTO \""
                    + word + "\" VALUES ('" + word + "', '\\xfffe00'), ('a', '')");
            var bench = Workbench.of(folder, database);
            var before = State.of(database);
            for (Format format : List.of(Format.CUSTOM, Format.PLAIN)) {
                Manifest made = bench.backup(Workbench.of(format, "gzip"));
                database.execute("DROP TABLE \"" + word + "\"; CREATE TABLE other()");
                bench.restore(made);
                State.of(database).assertSameAs(before);
                database.execute("DELETE FROM \"" + word + "\"");
                bench.restore(made, Wish.of(bench.target()).dataOnly());
                State.of(database).assertSameAs(before);
            }
        }
    }

    private TestDatabase shop() {
        var database = server.database("shop");
        database.execute(SHOP);
        return database;
    }

    private static void refused(ErrorCode code, String text, ThrowingCallable restore) {
        assertThatThrownBy(restore)
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
