package dev.pgkeep.rows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a document says about itself before the rows.
 *
 * @param database where the rows were
 * @param server host and port
 * @param serverVersion for instance {@code 15.4}
 * @param reason {@code cleanup} or {@code export}
 * @param conditions which rows were meant
 * @param safetyBackup the whole database as it was before
 */
public record DocumentHead(
        String database,
        String server,
        String serverVersion,
        Instant created,
        String reason,
        List<Condition> conditions,
        Optional<String> safetyBackup) {

    /** @param plan the plan's name; empty where there was none */
    public record Condition(String plan, String table, String where) {}
}
