package dev.pgkeep.postgres.swap;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Finds out how a swap of names ended whose line broke: the server may have finished it all the same. */
final class CommitOutcomeCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STILL_AT_IT =
            "select pg_terminate_backend(pid) from pg_stat_activity where pid = ? and application_name = 'pgkeep'";

    /** The connector that answers although the run was interrupted. */
    private final Connector connector = new Connector();

    private final Target server;
    private final SwapNames change;
    private final long successor;
    private final SwapAttempt attempt;

    CommitOutcomeCheck(Target server, SwapNames change, long successor, SwapAttempt attempt) {
        this.server = server;
        this.change = change;
        this.successor = successor;
        this.attempt = attempt;
    }

    /** Returns when the names were swapped. */
    void orThrow(SQLException lost) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Connection beside = connector.openBeside(server.withDatabase(change.database()), "pgkeep")) {
                if (!isStillAtIt(beside)) {
                    if (new Databases(beside).require(change.database()).oid() == successor) {
                        return;
                    }
                    throw new PgkeepException(
                            ErrorCode.SERVER_LOST,
                            "the line broke before the names were swapped, so nothing was changed",
                            "run it again when the server is well",
                            lost);
                }
            } catch (SQLException e) {
                lost.addSuppressed(e);
            } catch (PgkeepException e) {
                if (e.code() == ErrorCode.SERVER_LOST && e.getCause() == lost) {
                    throw e;
                }
                lost.addSuppressed(e);
            }
            pause();
        }
        throw new PgkeepException(
                ErrorCode.SERVER_LOST,
                "the line broke while the names were swapped, and the server does not answer: " + change.database()
                        + " is either as it was or as in the backup, complete in both cases",
                "pgkeep db shows it when the server is back; if " + change.keptAs()
                        + " is there they were swapped, and pgkeep undo goes back",
                lost);
    }

    private boolean isStillAtIt(Connection beside) throws SQLException {
        try (PreparedStatement statement = beside.prepareStatement(STILL_AT_IT)) {
            statement.setInt(1, attempt.pid());
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
