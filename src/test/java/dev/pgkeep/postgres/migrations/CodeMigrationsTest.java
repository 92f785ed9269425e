package dev.pgkeep.postgres.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeMigrationsTest {
    @TempDir
    Path project;

    @Test
    void an_empty_project_has_none() {
        assertThat(CodeMigrations.findAll(project)).isEmpty();
    }

    @Test
    void flyway_versions_are_ordered_as_numbers() throws IOException {
        write("src/main/resources/db/migration/V1__init.sql", "");
        write("src/main/resources/db/migration/V1_10__b.sql", "");
        write("src/main/resources/db/migration/V1.9__a.sql", "");
        write("src/main/resources/db/migration/R__views.sql", "");
        assertThat(CodeMigrations.find(project).orElseThrow().names()).containsExactly("1", "1.9", "1.10");
    }

    @Test
    void prisma_folders_with_a_migration_count() throws IOException {
        write("prisma/migrations/20240101000000_init/migration.sql", "");
        write("prisma/migrations/20240201000000_more/migration.sql", "");
        write("prisma/migrations/migration_lock.toml", "");
        var code = CodeMigrations.find(project).orElseThrow();
        assertThat(code.tool()).isEqualTo("prisma");
        assertThat(code.count()).isEqualTo(2);
        assertThat(code.head()).contains("20240201000000_more");
        assertThat(code.isBehind("prisma", Optional.of("20240301000000_new"))).isTrue();
        assertThat(code.isBehind("prisma", Optional.of("20240101000000_init"))).isFalse();
        assertThat(code.isBehind("flyway", Optional.of("3"))).isFalse();
    }

    @Test
    void drizzles_journal_is_read() throws IOException {
        write("drizzle/meta/_journal.json", """
                {"version": "7", "entries": [{"idx": 0, "when": 1700000000000, "tag": "0000_a"},
                {"idx": 1, "when": 1700000000001, "tag": "0001_b"}]}""");
        assertThat(CodeMigrations.find(project).orElseThrow().head()).contains("1700000000001");
    }

    @Test
    void alembic_heads_are_those_that_no_revision_names() throws IOException {
        write("alembic/versions/zz_first.py", "revision = 'aaa'\ndown_revision = None\n");
        write("alembic/versions/b.py", "revision: str = \"bbb\"\ndown_revision: Union[str, None] = 'aaa'\n");
        write("alembic/versions/c.py", "revision = 'ccc'\ndown_revision = ('bbb', 'xxx')\n");
        var code = CodeMigrations.find(project).orElseThrow();
        assertThat(code.head()).contains("ccc");
        assertThat(code.isBehind("alembic", Optional.of("bbb,ccc"))).isFalse();
        assertThat(code.isBehind("alembic", Optional.of("bbb,ddd"))).isTrue();
    }

    @Test
    void rails_and_dbmate_are_read_by_their_numbers() throws IOException {
        write("db/migrate/20240101000000_create_users.rb", "");
        write("db/migrations/20240301000000_a.sql", "-- migrate:up\n");
        assertThat(CodeMigrations.findAll(project))
                .extracting(CodeMigrations::tool)
                .containsExactly("rails", "dbmate");
        assertThat(CodeMigrations.findAll(project).getLast().head()).contains("20240301000000");
    }

    @Test
    void goose_and_golang_migrate_keep_numbers() throws IOException {
        write("migrations/00009_a.sql", "-- +goose Up\n");
        write("migrations/00010_b.sql", "-- +goose Up\n");
        assertThat(CodeMigrations.find(project).orElseThrow().names()).containsExactly("9", "10");
        write("migrations/000011_c.up.sql", "");
        var code = CodeMigrations.find(project).orElseThrow();
        assertThat(code.tool()).isEqualTo("golang-migrate");
        assertThat(code.head()).contains("11");
    }

    @Test
    void script_migrations_belong_to_the_tool_whose_configuration_is_there() throws IOException {
        write("migrations/20240101_a.js", "");
        write("migrations/20240102_b.ts", "");
        assertThat(CodeMigrations.findAll(project)).isEmpty();
        write("knexfile.js", "");
        assertThat(CodeMigrations.find(project).orElseThrow().tool()).isEqualTo("knex");
        assertThat(CodeMigrations.find(project).orElseThrow().head()).contains("20240102_b.ts");
        write("src/migrations/x.ts", "export class AddUser1700000000000 implements MigrationInterface {");
        assertThat(CodeMigrations.find(project).orElseThrow().head()).contains("AddUser1700000000000");
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
