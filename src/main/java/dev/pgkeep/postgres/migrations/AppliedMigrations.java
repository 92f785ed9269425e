package dev.pgkeep.postgres.migrations;

import dev.pgkeep.format.manifest.Manifest;
import java.util.Optional;

/**
 * The migrations that one tool has applied.
 *
 * @param tool for instance {@code flyway}; {@code configured} for the user's own query
 * @param schema where its table is; empty for the user's own query
 * @param applied how many; -1 when the tool does not keep that (alembic, golang-migrate)
 * @param head the newest, as the tool names it
 * @param note something wrong with the history, for instance a migration that failed halfway
 */
public record AppliedMigrations(String tool, String schema, int applied, Optional<String> head, Optional<String> note) {

    public boolean isCounted() {
        return applied >= 0;
    }

    /** The migrations as metadata of a backup tells them. */
    public Manifest.Migrations toManifest() {
        return new Manifest.Migrations(tool, applied, head.orElse(null));
    }
}
