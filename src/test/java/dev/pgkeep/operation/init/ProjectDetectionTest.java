package dev.pgkeep.operation.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectDetectionTest {
    @TempDir
    private Path folder;

    @Test
    void an_empty_folder_is_nothing() {
        assertThat(ProjectDetection.of(folder))
                .isEqualTo(new Project(
                        java.util.List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void the_lock_file_tells_the_package_manager() throws IOException {
        file("package.json", "{\"scripts\": {\"db:migrate\": \"x\", \"seed\": \"y\"}}");
        assertThat(ProjectDetection.of(folder).node()).contains("npm");
        assertThat(ProjectDetection.of(folder).migrate()).contains("npm run db:migrate");
        assertThat(ProjectDetection.of(folder).seed()).contains("npm run seed");
        file("yarn.lock", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("yarn run db:migrate");
        file("pnpm-lock.yaml", "");
        assertThat(ProjectDetection.of(folder).node()).contains("pnpm");
    }

    @Test
    void prisma_in_a_workspace_is_found_where_it_is() throws IOException {
        file("package.json", "{}");
        file("packages/database/prisma/schema.prisma", "");
        assertThat(ProjectDetection.of(folder).migrate())
                .contains("npx prisma migrate deploy --schema packages/database/prisma/schema.prisma");
    }

    @Test
    void drizzle_knex_and_sequelize_are_known() throws IOException {
        file("package.json", "{}");
        file(".sequelizerc", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("npx sequelize-cli db:migrate");
        file("knexfile.js", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("npx knex migrate:latest");
        file("drizzle.config.ts", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("npx drizzle-kit migrate");
    }

    @Test
    void maven_and_gradle_run_the_plugin_that_they_have() throws IOException {
        file("pom.xml", "<artifactId>flyway-maven-plugin</artifactId>");
        assertThat(ProjectDetection.of(folder).migrate()).contains("mvn flyway:migrate");
        file("mvnw", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("./mvnw flyway:migrate");
        Files.delete(folder.resolve("pom.xml"));
        file("build.gradle.kts", "id(\"org.liquibase.gradle\")");
        assertThat(ProjectDetection.of(folder).migrate()).contains("gradle update");
        assertThat(ProjectDetection.of(folder).kinds()).containsExactly("Gradle", "Liquibase");
    }

    @Test
    void a_pom_without_a_migration_plugin_proposes_nothing() throws IOException {
        file("pom.xml", "<artifactId>spring-boot-starter</artifactId>");
        assertThat(ProjectDetection.of(folder).migrate()).isEmpty();
    }

    @Test
    void django_alembic_and_rails_are_known() throws IOException {
        file("pyproject.toml", "");
        file("alembic.ini", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("alembic upgrade head");
        file("manage.py", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("python manage.py migrate");
        Files.delete(folder.resolve("manage.py"));
        Files.delete(folder.resolve("alembic.ini"));
        file("Gemfile", "");
        file("bin/rails", "");
        file("db/seeds.rb", "");
        assertThat(ProjectDetection.of(folder).migrate()).contains("bin/rails db:migrate");
        assertThat(ProjectDetection.of(folder).seed()).contains("bin/rails db:seed");
    }

    @Test
    void tools_of_go_are_known_by_their_files() throws IOException {
        file("go.mod", "module shop");
        file("db/migrations/00001_init.sql", "-- +goose Up\n");
        assertThat(ProjectDetection.of(folder).migrate())
                .contains("goose -dir db/migrations postgres \"$DATABASE_URL\" up");
        assertThat(ProjectDetection.of(folder).kinds()).containsExactly("Go", "goose");
    }

    private void file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, content);
    }
}
