package dev.pgkeep.operation.init;

import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells from the files of a folder which tools it uses. The first tool that brings a command wins. */
final class ProjectDetection {
    private final Path folder;
    private final String packageJson;
    private final List<String> kinds = new ArrayList<>();
    private Optional<String> migrate = Optional.empty();
    private Optional<String> seed = Optional.empty();
    private Optional<String> afterRestore = Optional.empty();

    private ProjectDetection(Path folder) {
        this.folder = folder;
        this.packageJson = text("package.json");
    }

    static Project of(Path folder) {
        return new ProjectDetection(folder).detect();
    }

    private Project detect() {
        Optional<String> node = has("package.json") ? Optional.of(packageManager()) : Optional.empty();
        node.ifPresent(manager -> {
            kinds.add("Node.js (" + manager + ")");
            node(manager);
        });
        java();
        python();
        rails();
        if (has("go.mod")) {
            kinds.add("Go");
        }
        if (has("flyway.conf", "flyway.toml", "conf/flyway.conf")) {
            tool("Flyway", "flyway migrate");
        }
        migrationFiles();
        return new Project(kinds, node, migrate, seed, afterRestore);
    }

    private void node(String manager) {
        String run = runner(manager);
        if (has("prisma/schema.prisma", "packages/database/prisma/schema.prisma", "prisma.config.ts")) {
            String schema = !has("prisma/schema.prisma") && has("packages/database/prisma/schema.prisma")
                    ? " --schema packages/database/prisma/schema.prisma"
                    : "";
            tool("Prisma", run + " prisma migrate deploy" + schema);
            afterRestore = Optional.of(run + " prisma generate" + schema);
            if (Pattern.compile("\"prisma\"\\s*:\\s*\\{[^}]*\"seed\"")
                    .matcher(packageJson)
                    .find()) {
                seed = Optional.of(run + " prisma db seed");
            }
        }
        if (has("drizzle.config.ts", "drizzle.config.js", "drizzle.config.mjs")) {
            tool("Drizzle", run + " drizzle-kit migrate");
        }
        if (packageJson.contains("\"node-pg-migrate\"")) {
            tool("node-pg-migrate", run + " node-pg-migrate up");
        }
        if (has("knexfile.js", "knexfile.ts", "knexfile.mjs", "knexfile.cjs")) {
            tool("Knex", run + " knex migrate:latest");
            seed = seed.or(() -> Files.isDirectory(folder.resolve("seeds"))
                    ? Optional.of(run + " knex seed:run")
                    : Optional.empty());
        }
        if (has(".sequelizerc")) {
            tool("Sequelize", run + " sequelize-cli db:migrate");
        }
        migrate = migrate.or(() -> script(manager, "db:migrate", "migrate", "migration:run", "migrate:deploy"));
        seed = seed.or(() -> script(manager, "db:seed", "seed"));
    }

    private void java() {
        String pom = text("pom.xml");
        String gradle = text("build.gradle") + text("build.gradle.kts");
        if (has("pom.xml")) {
            kinds.add("Maven");
            String maven = has("mvnw") ? "./mvnw" : "mvn";
            plugins(pom, "flyway-maven-plugin", maven + " flyway:migrate", maven + " liquibase:update");
        }
        if (!gradle.isEmpty()) {
            kinds.add("Gradle");
            String wrapper = has("gradlew") ? "./gradlew" : "gradle";
            plugins(gradle, "org.flywaydb.flyway", wrapper + " flywayMigrate", wrapper + " update");
        }
    }

    private void plugins(String build, String flyway, String flywayCommand, String liquibaseCommand) {
        if (build.contains(flyway)) {
            tool("Flyway", flywayCommand);
        }
        if (build.contains("liquibase-maven-plugin") || build.contains("org.liquibase.gradle")) {
            tool("Liquibase", liquibaseCommand);
        }
    }

    private void python() {
        if (has("pyproject.toml", "requirements.txt", "manage.py")) {
            kinds.add("Python");
        }
        if (has("manage.py")) {
            tool("Django", "python manage.py migrate");
        }
        if (has("alembic.ini")) {
            tool("Alembic", "alembic upgrade head");
        }
    }

    private void rails() {
        if (!has("Gemfile")) {
            return;
        }
        kinds.add("Ruby");
        if (has("bin/rails")) {
            tool("Rails", "bin/rails db:migrate");
            seed = seed.or(() -> has("db/seeds.rb") ? Optional.of("bin/rails db:seed") : Optional.empty());
        }
    }

    /** Tools that are known by their migration files alone. */
    private void migrationFiles() {
        CodeMigrations.find(folder).ifPresent(found -> {
            String place = folder.relativize(found.folder()).toString().replace('\\', '/');
            switch (found.tool()) {
                case "goose" -> tool("goose", "goose -dir " + place + " postgres \"$DATABASE_URL\" up");
                case "golang-migrate" ->
                    tool("golang-migrate", "migrate -path " + place + " -database \"$DATABASE_URL\" up");
                case "dbmate" -> tool("dbmate", "dbmate --migrations-dir " + place + " up");
                case "flyway" -> tool("Flyway", "flyway -locations=filesystem:" + place + " migrate");
                default -> {}
            }
        });
    }

    private void tool(String name, String command) {
        if (!kinds.contains(name)) {
            kinds.add(name);
        }
        migrate = migrate.or(() -> Optional.of(command));
    }

    private String packageManager() {
        if (has("pnpm-lock.yaml", "pnpm-workspace.yaml") || packageJson.contains("\"pnpm@")) {
            return "pnpm";
        }
        if (has("yarn.lock") || packageJson.contains("\"yarn@")) {
            return "yarn";
        }
        return has("bun.lockb", "bun.lock") ? "bun" : "npm";
    }

    private static String runner(String manager) {
        return switch (manager) {
            case "pnpm" -> "pnpm exec";
            case "yarn" -> "yarn";
            case "bun" -> "bunx";
            default -> "npx";
        };
    }

    private Optional<String> script(String manager, String... names) {
        return Stream.of(names)
                .filter(name -> Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"")
                        .matcher(packageJson)
                        .find())
                .findFirst()
                .map(name -> manager + " run " + name);
    }

    private boolean has(String... files) {
        return Stream.of(files).anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    private String text(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
