package dev.pgkeep.postgres.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tables are made as each tool makes them. */
@Timeout(120)
class MigrationHistoryIT {
    private static LocalCluster cluster;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        cluster = LocalCluster.start(
                ServerPrograms.find(Map.of("PATH", "/usr/bin:/bin"), List.of()), ClusterOptions.in(parent));
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/postgres",
                cluster.superuser(),
                cluster.password());
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        cluster.close();
    }

    @AfterEach
    void clear() throws SQLException {
        run("drop schema if exists public, drizzle, \"Ten ant\" cascade; create schema public");
    }

    @Test
    void a_database_without_migrations_has_none() {
        assertThat(MigrationHistory.read(connection, Optional.empty())).isEmpty();
    }

    @Test
    void flyway_leaves_out_failed_undone_and_its_own_entries() throws SQLException {
        run("""
            create table flyway_schema_history (installed_rank int not null primary key, version varchar(50),
                description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null,
                checksum int, installed_by varchar(100) not null, installed_on timestamp not null default now(),
                execution_time int not null, success boolean not null);
            insert into flyway_schema_history values
                (0, null, '<< Flyway Schema Creation >>', 'SCHEMA', '"x"', null, 'me', now(), 0, true),
                (1, '1', 'a', 'SQL', 'V1__a.sql', 1, 'me', now(), 1, true),
                (2, '1.10', 'b', 'SQL', 'V1_10__b.sql', 1, 'me', now(), 1, true),
                (3, '1.9', 'late', 'SQL', 'V1_9__late.sql', 1, 'me', now(), 1, true),
                (4, '2', 'gone', 'SQL', 'V2__gone.sql', 1, 'me', now(), 1, true),
                (5, '2', 'gone', 'UNDO_SQL', 'U2__gone.sql', 1, 'me', now(), 1, true),
                (6, null, 'views', 'SQL', 'R__views.sql', 1, 'me', now(), 1, true),
                (7, null, 'views', 'SQL', 'R__views.sql', 2, 'me', now(), 1, true),
                (8, '3', 'bad', 'SQL', 'V3__bad.sql', 1, 'me', now(), 1, false)""");
        expect("flyway", 4, "1.10", "1 failed");
    }

    @Test
    void liquibase() throws SQLException {
        run("""
            create table databasechangelog (id varchar(255) not null, author varchar(255) not null,
                filename varchar(255) not null, dateexecuted timestamp not null, orderexecuted int not null,
                exectype varchar(10) not null, md5sum varchar(35), description varchar(255), comments varchar(255),
                tag varchar(255), liquibase varchar(20), contexts varchar(255), labels varchar(255),
                deployment_id varchar(10));
            insert into databasechangelog values ('1', 'me', 'db.xml', now(), 1, 'EXECUTED'),
                ('2', 'me', 'db.xml', now(), 2, 'RERAN'), ('3', 'me', 'db.xml', now(), 3, 'FAILED')""");
        expect("liquibase", 2, "db.xml::2::me", null);
    }

    @Test
    void prisma_leaves_out_rolled_back_and_unfinished() throws SQLException {
        run("""
            create table _prisma_migrations (id varchar(36) primary key not null, checksum varchar(64) not null,
                finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
                started_at timestamptz not null default now(), applied_steps_count integer not null default 0);
            insert into _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at) values
                ('a', '', now(), '20240101_init', null), ('b', '', null, '20240102_more', now()),
                ('c', '', now(), '20240102_more', null), ('d', '', null, '20240103_bad', null)""");
        expect("prisma", 2, "20240102_more", "1 failed");
    }

    @Test
    void drizzle_in_its_own_schema() throws SQLException {
        run("""
            create schema drizzle;
            create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
            insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', 1700000000000), ('y', 1700000000001)
            """);
        expect("drizzle", 2, "1700000000001", null);
    }

    @Test
    void alembic_has_heads_only() throws SQLException {
        run("""
            create table alembic_version (version_num varchar(32) not null primary key);
            insert into alembic_version values ('bbb'), ('aaa')""");
        expect("alembic", -1, "aaa,bbb", null);
    }

    @Test
    void django() throws SQLException {
        run("""
            create table django_migrations (id bigint generated by default as identity primary key,
                app varchar(255) not null, name varchar(255) not null, applied timestamptz not null);
            insert into django_migrations (app, name, applied) values ('auth', '0001_initial', now()),
                ('shop', '0001_initial', now())""");
        expect("django", 2, "shop.0001_initial", null);
    }

    @Test
    void rails_with_its_internal_metadata() throws SQLException {
        run("""
            create table schema_migrations (version character varying not null primary key);
            create table ar_internal_metadata (key character varying not null primary key, value character varying);
            insert into schema_migrations values ('20240101000000'), ('20240201000000')""");
        expect("rails", 2, "20240201000000", null);
    }

    @Test
    void dbmate_with_a_limited_primary_key() throws SQLException {
        run("""
            create table schema_migrations (version varchar(128) primary key);
            insert into schema_migrations values ('20240101000000')""");
        expect("dbmate", 1, "20240101000000", null);
    }

    @Test
    void golang_migrate_has_a_version_only_and_may_be_dirty() throws SQLException {
        run("""
            create table schema_migrations (version bigint not null primary key, dirty boolean not null);
            insert into schema_migrations values (12, true)""");
        expect("golang-migrate", -1, "12", "dirty: the last migration failed halfway");
    }

    @Test
    void knex() throws SQLException {
        run("""
            create table knex_migrations (id serial primary key, name varchar(255), batch int,
                migration_time timestamptz);
            create table knex_migrations_lock (index serial primary key, is_locked int);
            insert into knex_migrations (name, batch) values ('2024_a.js', 1), ('2024_b.js', 2)""");
        expect("knex", 2, "2024_b.js", null);
    }

    @Test
    void typeorm() throws SQLException {
        run("""
            create table migrations (id serial primary key, "timestamp" bigint not null, name varchar not null);
            insert into migrations ("timestamp", name) values (1700000000000, 'Init1700000000000')""");
        expect("typeorm", 1, "Init1700000000000", null);
    }

    @Test
    void sequelize() throws SQLException {
        run("""
            create table "SequelizeMeta" (name varchar(255) not null unique primary key);
            insert into "SequelizeMeta" values ('2024-a.js'), ('2024-b.js')""");
        expect("sequelize", 2, "2024-b.js", null);
    }

    @Test
    void goose_counts_the_last_word_on_each_version() throws SQLException {
        run("""
            create table goose_db_version (id serial not null primary key, version_id bigint not null,
                is_applied boolean not null, tstamp timestamp default now());
            insert into goose_db_version (version_id, is_applied) values (0, true), (1, true), (2, true), (10, true),
                (10, false)""");
        expect("goose", 2, "2", null);
    }

    @Test
    void a_table_that_only_has_the_name_is_not_taken() throws SQLException {
        run("create table migrations (id int, what text); create table schema_migrations (version date)");
        run("insert into migrations values (1, 'birds')");
        assertThat(MigrationHistory.readAll(connection, Optional.empty())).isEmpty();
    }

    @Test
    void several_tools_and_schemas_are_all_found_the_search_path_first() throws SQLException {
        run("""
            create schema "Ten ant";
            create table "Ten ant".alembic_version (version_num varchar(32) not null primary key);
            create table alembic_version (version_num varchar(32) not null primary key);
            create table "SequelizeMeta" (name varchar(255) not null unique primary key)""");
        assertThat(MigrationHistory.readAll(connection, Optional.empty()))
                .extracting(found -> found.tool() + " " + found.schema())
                .containsExactly("alembic public", "alembic Ten ant", "sequelize public");
    }

    @Test
    void the_configured_query_comes_first_and_its_failure_is_the_users() throws SQLException {
        run("create table alembic_version (version_num varchar(32) not null primary key)");
        assertThat(MigrationHistory.read(connection, Optional.of("select 7, 'seven'")))
                .contains(new AppliedMigrations("configured", "", 7, Optional.of("seven"), Optional.empty()));
        assertThatThrownBy(() -> MigrationHistory.read(connection, Optional.of("select nonsense")))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
    }

    private static void expect(String tool, int applied, String head, @Nullable String note) {
        var all = MigrationHistory.readAll(connection, Optional.empty());
        assertThat(all).hasSize(1);
        var found = all.getFirst();
        assertThat(found.tool()).isEqualTo(tool);
        assertThat(found.applied()).isEqualTo(applied);
        assertThat(found.head()).contains(head);
        assertThat(found.note()).isEqualTo(Optional.ofNullable(note));
        assertThat(found.toManifest().head()).isEqualTo(head);
    }

    private static void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
