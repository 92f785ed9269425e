package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ConnectionInUse;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sessions of a command that was killed: the server goes on with their statements until it notices. Those that bear the
 * name which the command's environment gave them are ended; others that came meanwhile and are busy are named.
 */
final class OrphanedBackends {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LOOKS = 50;
    private static final int LOOKS_AFTERWARDS = 10;

    private final Connector connector;
    private final Target target;
    private final String name;
    private final Progress progress;

    /** @param name what sessions of the command call themselves, where their tool lets itself be told */
    OrphanedBackends(Connector connector, Target target, String name, Progress progress) {
        this.connector = connector;
        this.target = target;
        this.name = name;
        this.progress = progress;
    }

    /**
     * Ends the sessions of the command and waits until they are gone, a few seconds at most.
     *
     * @param before who was connected before the command began
     * @throws PgkeepException what keeps the server from being asked
     */
    void end(List<ConnectionInUse> before) {
        Set<Integer> known = before.stream().map(ConnectionInUse::pid).collect(Collectors.toSet());
        try (Connection connection = connector.open(target, "pgkeep")) {
            List<ConnectionInUse> left = List.of();
            for (int i = 0; i < LOOKS; i++) {
                terminate(connection);
                left = new Catalog(connection)
                        .connections(target.database()).stream()
                                .filter(each -> !known.contains(each.pid()) && isAtWork(each))
                                .toList();
                if (left.isEmpty()) {
                    return;
                }
                Thread.sleep(PAUSE);
            }
            left.forEach(each -> progress.warn("somebody is still at work on " + target.database()
                    + ", perhaps for the command that was ended: process " + each.pid() + " (" + each.application()
                    + " from " + each.client() + ")"));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking who is still connected");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    /**
     * Names the sessions that the command, which ended by itself, left behind: what they do from now on nobody has
     * looked at. The moment is waited for that a server needs to notice that somebody has gone.
     */
    void name() {
        try (Connection connection = connector.open(target, "pgkeep")) {
            List<ConnectionInUse> left = ofTheCommand(connection);
            for (int i = 0; i < LOOKS_AFTERWARDS && !left.isEmpty(); i++) {
                Thread.sleep(PAUSE);
                left = ofTheCommand(connection);
            }
            left.forEach(
                    each -> progress.warn("the command has ended, but something that it started is still connected to "
                            + target.database() + " (server process " + each.pid()
                            + "): what that changes from now on is not told here"));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking who is still connected");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    private List<ConnectionInUse> ofTheCommand(Connection connection) throws SQLException {
        return new Catalog(connection)
                .connections(target.database()).stream()
                        .filter(each -> each.application().equals(name))
                        .toList();
    }

    private boolean isAtWork(ConnectionInUse each) {
        return each.application().equals(name)
                || !each.application().startsWith("pgkeep")
                        && each.state().filter(state -> !state.equals("idle")).isPresent();
    }

    private void terminate(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = ? AND pid <> pg_backend_pid()")) {
            statement.setString(1, name);
            statement.execute();
        }
    }
}
