/**
 * Reads which migrations of the application a database has seen, and which the code in a folder knows.
 *
 * <p>Doors: {@link dev.pgkeep.postgres.migrations.MigrationHistory} recognises the tables of the usual tools
 * ({@code Recogniser}) by name and columns, in any schema, with one catalog query and one query for each table found;
 * {@link dev.pgkeep.postgres.migrations.CodeMigrations} looks at the files. Both name migrations as their tool does, so
 * that the two can be compared. Failed and rolled back entries do not count.
 *
 * <p>Nothing here runs or changes a migration.
 */
@NullMarked
package dev.pgkeep.postgres.migrations;

import org.jspecify.annotations.NullMarked;
