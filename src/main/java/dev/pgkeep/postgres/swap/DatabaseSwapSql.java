package dev.pgkeep.postgres.swap;

import dev.pgkeep.postgres.admin.TemporaryDatabaseName;
import dev.pgkeep.postgres.catalog.CommentedDatabase;
import dev.pgkeep.postgres.catalog.Sql;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The statements of the transaction that swaps two names.
 *
 * @param setAside renames the successor for a moment: that locks it and makes sure that nobody is in it, before anybody
 *     has to wait
 * @param swap everything else, with the commit, sent at once so that no round trip falls into the time in which others
 *     wait
 */
record DatabaseSwapSql(String setAside, String swap) {
    /** Seconds are few, since others wait; the server keeps to them also when we are gone. */
    static final List<String> LIMITS = List.of(
            "SET lock_timeout = '1s'",
            "SET statement_timeout = '2s'",
            "SET idle_in_transaction_session_timeout = '5s'",
            "BEGIN");

    static DatabaseSwapSql of(SwapNames change, CommentedDatabase present, CommentedDatabase successor) {
        String aside = TemporaryDatabaseName.of(
                change.database(), "restoring", ThreadLocalRandom.current().nextInt());
        return new DatabaseSwapSql(
                rename(change.successor(), aside),
                String.join(
                        ";\n",
                        rename(change.database(), change.keptAs()),
                        rename(aside, change.database()),
                        comment(change.keptAs(), commentOf(change, present)),
                        comment(
                                change.database(),
                                KeptDatabaseComment.original(successor.comment().orElse(null))),
                        "COMMIT"));
    }

    private static @Nullable String commentOf(SwapNames change, CommentedDatabase present) {
        String original = KeptDatabaseComment.original(present.comment().orElse(null));
        return change.note().map(note -> note.under(original)).orElse(original);
    }

    private static String rename(String from, String to) {
        return "ALTER DATABASE " + Sql.identifier(from) + " RENAME TO " + Sql.identifier(to);
    }

    private static String comment(String database, @Nullable String text) {
        return "COMMENT ON DATABASE " + Sql.identifier(database) + " IS " + (text == null ? "NULL" : Sql.literal(text));
    }
}
