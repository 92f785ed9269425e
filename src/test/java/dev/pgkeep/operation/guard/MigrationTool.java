package dev.pgkeep.operation.guard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.testing.Commands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A real tool that migrates, used as its users use it. */
enum MigrationTool {
    PSQL {
        @Override
        void install(Path folder) {
            write(folder.resolve("migrate.sh"), """
                    for file in changes/*.sql; do
                        psql -X -v ON_ERROR_STOP=1 -f "$file" || exit 3
                    done
                    """);
        }

        @Override
        void add(Path folder, int number, String sql) {
            write(folder.resolve("changes/%03d.sql".formatted(number)), sql);
        }

        @Override
        List<String> command() {
            return List.of("sh", "migrate.sh");
        }
    },

    FLYWAY {
        @Override
        void install(Path folder) {
            // Absolute, because it is started elsewhere.
            String classes = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> Path.of(entry).toAbsolutePath().toString())
                    .filter(entry -> entry.matches(".*(test-classes|flyway.*|jackson.*|postgresql-.*|checker.*)"))
                    .collect(Collectors.joining(File.pathSeparator));
            write(folder.resolve("flyway"), """
                    #!/bin/sh
                    export FLYWAY_BASELINE_ON_MIGRATE=true FLYWAY_BASELINE_VERSION=0
                    exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s db/migration
                    """.formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"), classes, FlywayProgram.class.getName()));
            if (!folder.resolve("flyway").toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make it executable");
            }
        }

        @Override
        void add(Path folder, int number, String sql) {
            write(folder.resolve("db/migration/V%d__change.sql".formatted(number)), sql);
        }

        @Override
        List<String> command() {
            return List.of("./flyway", "migrate");
        }
    },

    NODE_PG_MIGRATE {
        @Override
        void install(Path folder) {
            Path installed = NpmPackages.installed(List.of("node-pg-migrate@8.0.3", "pg@8.16.3"));
            write(folder.resolve("package.json"), "{\"devDependencies\": {\"node-pg-migrate\": \"8\"}}");
            try {
                Files.createSymbolicLink(folder.resolve("node_modules"), installed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        void add(Path folder, int number, String sql) {
            write(folder.resolve("migrations/%d_change.sql".formatted(1_700_000_000_000L + number)), sql);
        }

        @Override
        List<String> command() {
            return List.of("npx", "--no-install", "node-pg-migrate", "up", "--migration-filename-format", "timestamp");
        }
    };

    /** Makes a folder one in which the tool works; the test is skipped where the tool cannot be had. */
    abstract void install(Path folder);

    /** Adds a migration. */
    abstract void add(Path folder, int number, String sql);

    /** What migrates. */
    abstract List<String> command();

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Packages of npm, installed once for all tests of this build. */
    private static final class NpmPackages {
        private NpmPackages() {}

        static synchronized Path installed(List<String> packages) {
            Path folder = Path.of("target", "npm-tools").toAbsolutePath();
            Path done = folder.resolve(".installed-" + String.join(",", packages));
            if (!Files.exists(done)) {
                write(folder.resolve("package.json"), "{\"private\": true}");
                List<String> words = new java.util.ArrayList<>(List.of(
                        "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-timeout=60000"));
                words.addAll(packages);
                Commands.Finished npm = Commands.run(folder, words);
                assumeTrue(npm.status() == 0, "npm cannot install node-pg-migrate here: " + npm.output());
                write(done, "");
            }
            return folder.resolve("node_modules");
        }
    }
}
