package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.ServerInfo;
import java.util.Optional;

/**
 * The facts about a restore when its obstacles are looked for.
 *
 * @param facts what decided its mode
 * @param mode how the target gets its new content
 * @param source what is restored
 * @param contents what of it
 * @param server the target's server
 * @param existing the target as it is; empty when there is none
 */
record PreflightSubject(
        RestoreFacts facts,
        RestoreMode mode,
        RestoreSource source,
        SourceContents contents,
        ServerInfo server,
        Optional<ExistingDatabase> existing) {
    RestoreRequest request() {
        return facts.request();
    }

    /** The target's name. */
    String database() {
        return request().target().database();
    }

    /** The target, where it holds something. */
    Optional<ExistingDatabase> filled() {
        return existing.filter(each -> !each.isEmpty());
    }
}
