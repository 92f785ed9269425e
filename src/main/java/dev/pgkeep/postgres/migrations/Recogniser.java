package dev.pgkeep.postgres.migrations;

import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the table of one tool from others.
 *
 * @param tool its name, as people write it
 * @param table lower-case name of its table
 * @param columns columns that must be there
 * @param more what else must be true
 * @param file the {@code .sql} file that reads it
 */
record Recogniser(String tool, String table, List<String> columns, Predicate<HistoryTable> more, String file) {
    /**
     * The tables of all tools in order of weight: when a database knows several tools, the first here is its main one.
     */
    static final List<Recogniser> ALL = List.of(
            of("flyway", "flyway_schema_history", "installed_rank", "version", "type", "script", "success"),
            of("flyway", "schema_version", "installed_rank", "version", "type", "script", "success"),
            of(
                    "liquibase",
                    "databasechangelog",
                    "id",
                    "author",
                    "filename",
                    "orderexecuted",
                    "exectype",
                    "dateexecuted"),
            of("prisma", "_prisma_migrations", "migration_name", "finished_at", "rolled_back_at"),
            of("drizzle", "__drizzle_migrations", "hash", "created_at"),
            of("alembic", "alembic_version", "version_num"),
            of("django", "django_migrations", "id", "app", "name"),
            of("golang-migrate", "schema_migrations", "version", "dirty"),
            of("ecto", "schema_migrations", "version", "inserted_at"),
            versions("rails", HistoryTable::looksLikeRails),
            versions("dbmate", table -> !table.looksLikeRails()),
            of("knex", "knex_migrations", "id", "name", "batch"),
            of("node-pg-migrate", "pgmigrations", "id", "name", "run_on"),
            of("sequelize", "sequelizemeta", "name"),
            of("goose", "goose_db_version", "id", "version_id", "is_applied"),
            of("typeorm", "migrations", "id", "timestamp", "name"),
            of("laravel", "migrations", "id", "migration", "batch"));

    boolean recognises(HistoryTable found) {
        return found.isNamed(table) && found.has(columns) && more.test(found);
    }

    private static Recogniser of(String tool, String table, String... columns) {
        return new Recogniser(tool, table, List.of(columns), any -> true, tool);
    }

    private static Recogniser versions(String tool, Predicate<HistoryTable> more) {
        Predicate<HistoryTable> versionAlone =
                table -> table.columns().equals(List.of("version")) && table.hasTextVersion();
        return new Recogniser(tool, "schema_migrations", List.of("version"), versionAlone.and(more), "versions");
    }
}
