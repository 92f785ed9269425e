package dev.pgkeep.postgres.migrations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for migration files in the places where each tool's users keep them. */
final class CodeFolders {
    private static final List<String> SQL_FOLDERS = List.of(
            "db/migrations", "migrations", "db/migration", "src/main/resources/db/migration", "sql/migrations", "sql");
    private static final List<String> SCRIPT_FOLDERS =
            List.of("migrations", "src/migrations", "src/migration", "db/migrations", "src/db/migrations");
    private static final Pattern FLYWAY = Pattern.compile("V(\\d+(?:[._]\\d+)*)__.*\\.(?:sql|java|kt)");
    private static final Pattern NUMBERED = Pattern.compile("0*(\\d+)_.*");
    private static final Pattern DIGITS = Pattern.compile("(\\d+)_.*\\.rb|(\\d+)_?.*\\.sql");
    private static final Pattern WHEN = Pattern.compile("\"when\"\\s*:\\s*(\\d+)");
    private static final Pattern TYPEORM =
            Pattern.compile("class\\s+(\\w*?(\\d{13}))\\s+implements\\s+MigrationInterface");
    private static final int READ_AT_MOST = 4_000_000;

    private final Path root;

    CodeFolders(Path root) {
        this.root = root;
    }

    List<CodeMigrations> find() {
        return Stream.of(flyway(), prisma(), drizzle(), AlembicFiles.find(this), rails(), sql(), scripts())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<CodeMigrations> flyway() {
        return first(
                "flyway",
                SQL_FOLDERS,
                folder -> files(folder).stream()
                        .flatMap(file -> FLYWAY.matcher(name(file)).results())
                        .map(match -> match.group(1).replace('_', '.'))
                        .sorted(Comparator.comparing(VersionKey::of))
                        .toList());
    }

    private Optional<CodeMigrations> prisma() {
        return first(
                "prisma",
                List.of("prisma/migrations", "packages/database/prisma/migrations"),
                folder -> children(folder).stream()
                        .filter(child -> Files.isRegularFile(child.resolve("migration.sql")))
                        .map(CodeFolders::name)
                        .toList());
    }

    private Optional<CodeMigrations> drizzle() {
        return first(
                "drizzle",
                List.of("drizzle", "migrations", "src/db/migrations", "db/migrations"),
                folder -> WHEN.matcher(text(folder.resolve("meta").resolve("_journal.json")))
                        .results()
                        .map(match -> match.group(1))
                        .toList());
    }

    private Optional<CodeMigrations> rails() {
        return first(
                "rails",
                List.of("db/migrate"),
                folder -> files(folder).stream()
                        .filter(file -> name(file).endsWith(".rb"))
                        .flatMap(file -> DIGITS.matcher(name(file)).results())
                        .map(match -> match.group(1))
                        .toList());
    }

    /** Plain SQL files tell by their names or their markers whose they are. */
    private Optional<CodeMigrations> sql() {
        return first(
                        "golang-migrate",
                        SQL_FOLDERS,
                        folder -> numbers(
                                files(folder).stream().filter(file -> name(file).endsWith(".up.sql"))))
                .or(() -> first("goose", SQL_FOLDERS, folder -> numbers(marked(folder, "-- +goose Up"))))
                .or(() -> first(
                        "dbmate",
                        SQL_FOLDERS,
                        folder -> marked(folder, "-- migrate:up")
                                .flatMap(file -> DIGITS.matcher(name(file)).results())
                                .map(match -> match.group(2))
                                .toList()));
    }

    private Optional<CodeMigrations> scripts() {
        return first(
                        "typeorm",
                        SCRIPT_FOLDERS,
                        folder -> scriptFiles(folder).stream()
                                .flatMap(file -> TYPEORM.matcher(text(file)).results())
                                .sorted(Comparator.comparing((MatchResult match) -> match.group(2)))
                                .map(match -> match.group(1))
                                .toList())
                .or(() -> has("knexfile.js", "knexfile.ts", "knexfile.mjs", "knexfile.cjs")
                        ? first("knex", SCRIPT_FOLDERS, CodeFolders::scriptNames)
                        : Optional.empty())
                .or(() -> text(root.resolve("package.json")).contains("\"node-pg-migrate\"")
                        ? first("node-pg-migrate", SCRIPT_FOLDERS, CodeFolders::namesWithoutEnding)
                        : Optional.empty())
                .or(() -> has(".sequelizerc", "config/config.json", "config/config.js")
                        ? first("sequelize", SCRIPT_FOLDERS, CodeFolders::scriptNames)
                        : Optional.empty());
    }

    /** The first of some folders where there is anything. */
    Optional<CodeMigrations> first(String tool, List<String> folders, Reader reader) {
        for (String name : folders) {
            Path folder = root.resolve(name);
            List<String> names = Files.isDirectory(folder) ? reader.read(folder) : List.of();
            if (!names.isEmpty()) {
                return Optional.of(new CodeMigrations(tool, folder, names));
            }
        }
        return Optional.empty();
    }

    static List<Path> files(Path folder) {
        return children(folder).stream().filter(Files::isRegularFile).toList();
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(READ_AT_MOST), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private boolean has(String... files) {
        return Stream.of(files).anyMatch(file -> Files.exists(root.resolve(file)));
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.sorted().toList());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static Stream<Path> marked(Path folder, String marker) {
        return files(folder).stream()
                .filter(file -> name(file).endsWith(".sql") && text(file).contains(marker));
    }

    /** Versions that are kept as numbers, so without leading zeros and in the order of numbers. */
    private static List<String> numbers(Stream<Path> files) {
        return files.flatMap(file -> NUMBERED.matcher(name(file)).results())
                .map(match -> match.group(1))
                .sorted(Comparator.comparing(VersionKey::of))
                .toList();
    }

    private static List<Path> scriptFiles(Path folder) {
        return files(folder).stream()
                .filter(file -> name(file).matches(".+\\.(js|ts|mjs|cjs|mts|cts)")
                        && !name(file).endsWith(".d.ts"))
                .toList();
    }

    private static List<String> scriptNames(Path folder) {
        return scriptFiles(folder).stream().map(CodeFolders::name).toList();
    }

    private static List<String> namesWithoutEnding(Path folder) {
        return files(folder).stream()
                .map(file -> name(file).replaceFirst("\\.[^.]*$", ""))
                .toList();
    }

    /** Reads the names of the migrations in a folder. */
    interface Reader {
        List<String> read(Path folder);
    }
}
