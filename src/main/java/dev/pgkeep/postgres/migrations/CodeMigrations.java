package dev.pgkeep.postgres.migrations;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The migrations that the code in a folder knows.
 *
 * @param tool named as in {@link AppliedMigrations}
 * @param folder where the files are
 * @param names every migration, oldest first, each named as the tool writes it into the database
 */
public record CodeMigrations(String tool, Path folder, List<String> names) {
    public CodeMigrations {
        names = List.copyOf(names);
    }

    /** The first tool found in a working folder: see {@link #findAll}. */
    public static Optional<CodeMigrations> find(Path workingFolder) {
        return findAll(workingFolder).stream().findFirst();
    }

    /**
     * Every tool whose migrations lie where they usually lie: Flyway, Prisma, Drizzle, Alembic, Rails, dbmate, goose,
     * golang-migrate, Knex, node-pg-migrate, Sequelize, TypeORM. Liquibase and Django are not looked for: their files
     * do not tell, by themselves, what would be applied. Unreadable folders count as absent.
     */
    public static List<CodeMigrations> findAll(Path workingFolder) {
        return new CodeFolders(workingFolder).find();
    }

    public int count() {
        return names.size();
    }

    /** The newest; of several alembic heads, one. */
    public Optional<String> head() {
        return names.isEmpty() ? Optional.empty() : Optional.of(names.getLast());
    }

    /**
     * Whether a database (or a backup of one) is ahead of this code: its newest migration is unknown here. False when
     * the tool is another or the history says too little.
     *
     * @param appliedTool tool of the history
     * @param appliedHead its newest migration
     */
    public boolean isBehind(String appliedTool, Optional<String> appliedHead) {
        return tool.equals(appliedTool)
                && appliedHead.isPresent()
                && List.of(appliedHead.get().split(",")).stream().anyMatch(head -> !names.contains(head));
    }
}
