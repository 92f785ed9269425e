package dev.pgkeep.format.rows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The head of a document: what it says about itself before the rows.
 *
 * @param database where the rows were
 * @param server host and port
 * @param serverVersion for instance {@code 15.4}
 * @param reason {@code cleanup} or {@code export}
 * @param conditions which rows were meant
 * @param safetyBackup the whole database as it was before
 * @param moneyLocale {@code lc_monetary} under which its money was printed: C, but for rows of older backups
 */
public record DocumentHead(
        String database,
        String server,
        String serverVersion,
        Instant created,
        String reason,
        List<Condition> conditions,
        Optional<String> safetyBackup,
        String moneyLocale) {

    /** {@code lc_monetary} of documents that do not say it. */
    static final String USUAL_MONEY = "C";

    /** The head of a document in which money is as every session of ours prints it. */
    public DocumentHead(
            String database,
            String server,
            String serverVersion,
            Instant created,
            String reason,
            List<Condition> conditions,
            Optional<String> safetyBackup) {
        this(database, server, serverVersion, created, reason, conditions, safetyBackup, USUAL_MONEY);
    }

    /** @param plan the plan's name; empty where there was none */
    public record Condition(String plan, String table, String where) {}
}
