package dev.pgkeep.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.DatabaseProperties.Setting;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.admin.CreateDatabaseLike;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CatalogIT {
    private static final String ODD = "Odd \"db\" ü %'";

    /** Not a folder of JUnit's: those are closed to the user that the server runs as when we are root. */
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));

    private static LocalCluster cluster;
    private static Connection postgres;

    @BeforeAll
    static void start() throws SQLException {
        var programs = ServerPrograms.find(Map.of("PATH", "/usr/bin:/bin"), List.of());
        cluster = LocalCluster.start(programs, ClusterOptions.in(PARENT).withEncoding("UTF8", "C.UTF-8"));
        postgres = connect("postgres", "postgres");
        run(
                postgres,
                "create role \"Own er\" login",
                "create role \"it's\" login",
                "create role app login",
                "create role nothing login");
    }

    @AfterAll
    static void stop() throws SQLException {
        postgres.close();
        cluster.close();
    }

    @Test
    void a_table_that_is_dropped_while_it_is_looked_at_is_none_that_may_not_be_read() throws SQLException {
        run(postgres, "create table passing (n int)");
        try (Connection looking = connect("postgres", "postgres")) {
            looking.setAutoCommit(false);
            run(looking, "set transaction isolation level repeatable read", "select 1");
            run(postgres, "drop table passing");
            assertThat(new Catalog(looking).tables())
                    .extracting(table -> table.name().name(), TableInfo::readable)
                    .containsExactly(tuple("passing", true));
        }
    }

    @Test
    void an_odd_database_is_read_dropped_and_made_again_equal() throws SQLException {
        makeOddDatabase();
        var before = new Catalog(postgres).properties(ODD).orElseThrow();
        assertThat(before.settings())
                .contains(
                        new Setting(null, "search_path", "\"$user\", \"my, schema\", public, \"q\"\"x\""),
                        new Setting("it's", "work_mem", "8MB"),
                        new Setting(null, "shop.motto", "it's \\ true"));
        run(
                postgres,
                "alter database " + Sql.identifier(ODD) + " is_template false",
                "drop database " + Sql.identifier(ODD));

        var recreation = CreateDatabaseLike.plan(before, ODD, postgres);
        assertThat(recreation.notes()).isEmpty();
        assertThat(recreation.create(postgres)).isEmpty();
        assertThat(recreation.finish(postgres)).isEmpty();

        assertThat(new Catalog(postgres).properties(ODD)).contains(before);
        run(
                postgres,
                "alter database " + Sql.identifier(ODD) + " is_template false",
                "drop database " + Sql.identifier(ODD));
    }

    @Test
    void a_plain_database_with_standard_rights_stays_plain() throws SQLException {
        run(postgres, "create database plain owner app");
        var before = new Catalog(postgres).properties("plain").orElseThrow();
        assertThat(before.grants().standard()).isTrue();
        var recreation = CreateDatabaseLike.plan(before, "plain2", postgres);
        assertThat(recreation.all()).hasSize(1);
        recreation.create(postgres);
        assertThat(new Catalog(postgres).properties("plain2")).contains(before);
        run(postgres, "drop database plain", "drop database plain2");
    }

    @Test
    void an_icu_database_is_made_again_equal() throws SQLException {
        if (new Catalog(postgres).server().major() < 15) {
            return;
        }
        run(postgres, "create database icu template template0 locale_provider icu icu_locale 'de-AT' encoding 'UTF8'");
        DatabaseProperties before = new Catalog(postgres).properties("icu").orElseThrow();
        assertThat(before.localeProvider()).isEqualTo("icu");
        CreateDatabaseLike.plan(before, "icu2", postgres).create(postgres);
        assertThat(new Catalog(postgres).properties("icu2")).contains(before);
        run(postgres, "drop database icu", "drop database icu2");
    }

    @Test
    void what_is_missing_on_the_other_server_is_left_out_with_a_note() throws SQLException {
        makeOddDatabase();
        var properties = new Catalog(postgres).properties(ODD).orElseThrow();
        int major = new Catalog(postgres).server().major();
        var recreation = CreateDatabaseLike.plan(properties, "copy", major, Set.of("postgres"), Set.of());
        assertThat(recreation.notes())
                .anyMatch(note -> note.startsWith("role Own er does not exist here: the database belongs"))
                .anyMatch(note -> note.contains("its setting work_mem is left out"))
                .noneMatch(note -> note.startsWith("tablespace"));
        assertThat(recreation.create(postgres)).isEmpty();
        assertThat(recreation.finish(postgres)).isEmpty();
        run(
                postgres,
                "alter database copy is_template false",
                "drop database copy",
                "alter database " + Sql.identifier(ODD) + " is_template false",
                "drop database " + Sql.identifier(ODD));
    }

    @Test
    void the_server_says_who_it_is_to_a_superuser_and_to_somebody_with_no_rights() throws SQLException {
        var server = new Catalog(postgres).server();
        assertThat(server.superuser()).isTrue();
        assertThat(server.createDatabases()).isTrue();
        assertThat(server.systemIdentifier()).isPresent();
        assertThat(server.localDataDirectory()).contains(cluster.dataFolder());
        assertThat(server.encoding()).isEqualTo("UTF8");
        assertThat(server.shortVersion()).matches("\\d+\\.\\d+|\\d+\\D+\\d+");
        try (var connection = connect("postgres", "nothing")) {
            var seen = new Catalog(connection).server();
            assertThat(seen.superuser()).isFalse();
            assertThat(seen.createDatabases()).isFalse();
            assertThat(seen.bypassRowSecurity()).isFalse();
            assertThat(seen.dataDirectory()).isEmpty();
            assertThat(new Catalog(connection).databases()).isNotEmpty();
            assertThat(new Catalog(connection).connections("postgres")).isNotEmpty();
            assertThat(new Catalog(connection).properties("postgres")).isPresent();
        }
    }

    @Test
    void tables_of_every_kind_are_listed() throws SQLException {
        run(postgres, "create database kinds");
        try (var connection = connect("kinds", "postgres")) {
            run(
                    connection,
                    "create schema \"Sh op\"",
                    "create table \"Sh op\".\"Or\"\"der\" (id int primary key, note text)",
                    "insert into \"Sh op\".\"Or\"\"der\" select i, repeat(md5(i::text), 200) from generate_series(1, 1000) i",
                    "analyze \"Sh op\".\"Or\"\"der\"",
                    "create table parts (id int) partition by range (id)",
                    "create table parts_1 partition of parts for values from (0) to (10)",
                    "create table parts_2 partition of parts for values from (10) to (20) partition by range (id)",
                    "create materialized view m as select 1 as one",
                    "create table bare ()",
                    "create unlogged table fast (id int)",
                    "create table secret (id int)",
                    "alter table secret enable row level security",
                    "create view v as select 1",
                    "create temporary table gone (id int)");
            var tables = new Catalog(connection)
                    .tables().stream().collect(Collectors.toMap(t -> t.name().toString(), Function.identity()));
            assertThat(tables)
                    .containsOnlyKeys(
                            "Sh op.Or\"der",
                            "public.parts",
                            "public.parts_1",
                            "public.parts_2",
                            "public.m",
                            "public.bare",
                            "public.fast",
                            "public.secret");
            var order = named(tables, "Sh op.Or\"der");
            assertThat(order.name()).isEqualTo(new TableName("Sh op", "Or\"der"));
            assertThat(order.estimatedRows()).isEqualTo(1000);
            assertThat(order.bytes()).isGreaterThan(order.blocks() * 8192 - 1).isPositive();
            assertThat(order.fileNode()).isPositive();
            assertThat(order.hasDumpedRows()).isTrue();
            assertThat(named(tables, "public.parts").kind()).isEqualTo(TableKind.PARTITIONED);
            assertThat(named(tables, "public.parts_1").kind()).isEqualTo(TableKind.PARTITION);
            assertThat(named(tables, "public.parts_2").kind()).isEqualTo(TableKind.PARTITIONED);
            assertThat(named(tables, "public.m").hasDumpedRows()).isFalse();
            assertThat(named(tables, "public.bare").hasColumns()).isFalse();
            assertThat(named(tables, "public.fast").unlogged()).isTrue();
            assertThat(named(tables, "public.secret").rowSecurity()).isTrue();
            assertThat(named(tables, "public.secret").estimatedRows()).isEqualTo(-1);
            assertThat(new Catalog(connection).extensions())
                    .anyMatch(e -> e.name().equals("plpgsql"));
            assertThat(new Catalog(connection).referencedRoles()).contains("postgres");
            assertThat(new Catalog(connection).usedTablespaces()).containsExactly("pg_default");
        }
        run(postgres, "drop database kinds");
    }

    @Test
    void a_table_that_is_being_rewritten_does_not_make_the_list_wait() throws SQLException {
        run(postgres, "create table busy (id int)", "insert into busy values (1)");
        try (var other = connect("postgres", "postgres")) {
            other.setAutoCommit(false);
            run(other, "lock table busy in access exclusive mode");
            run(postgres, "set statement_timeout = '5s'");
            assertThat(new Catalog(postgres).tables())
                    .anyMatch(table -> table.name().name().equals("busy"));
            other.rollback();
        }
        run(postgres, "reset statement_timeout", "drop table busy");
    }

    private static TableInfo named(Map<String, TableInfo> tables, String name) {
        return Objects.requireNonNull(tables.get(name), name);
    }

    private static void makeOddDatabase() throws SQLException {
        String name = Sql.identifier(ODD);
        run(
                postgres,
                "create database " + name + " template template0 owner \"Own er\" encoding 'UTF8' lc_collate 'C'",
                "comment on database " + name + " is 'it''s \\ odd'",
                "alter database " + name + " set search_path to '$user', 'my, schema', public, 'q\"x'",
                "alter database " + name + " set \"DateStyle\" to 'ISO, DMY'",
                "alter database " + name + " set \"shop.motto\" to E'it''s \\\\ true'",
                "alter database " + name + " set default_transaction_read_only to on",
                "alter role \"it's\" in database " + name + " set work_mem to '8MB'",
                "alter role \"it's\" in database " + name + " set search_path to ''",
                "revoke all on database " + name + " from public",
                "grant connect on database " + name + " to \"it's\" with grant option",
                "grant create, temporary on database " + name + " to app",
                "set role \"it's\"",
                "grant connect on database " + name + " to app",
                "reset role",
                "alter database " + name + " with connection limit 7",
                "alter database " + name + " with is_template true");
    }

    private static Connection connect(String database, String user) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        if (user.equals(cluster.superuser())) {
            properties.setProperty("password", cluster.password());
        } else {
            run(postgres, "alter role " + Sql.identifier(user) + " password 'x'");
            properties.setProperty("password", "x");
        }
        String url = "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/" + database;
        return DriverManager.getConnection(url, properties);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
