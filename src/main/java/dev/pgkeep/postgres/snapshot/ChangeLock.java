package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Keeps other runs that change a database, and restores, away from it while one is at work. Held by a session beside
 * the database, so that it goes with its process, and going back does not end it.
 */
public final class ChangeLock implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final DatabaseLock change;
    private final DatabaseLock restore;
    private final String database;
    private final Connection connection;

    private ChangeLock(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
        this.change = DatabaseLock.ofChange(connection, database);
        this.restore = DatabaseLock.ofRestore(connection, database);
    }

    /**
     * Takes the lock.
     *
     * @param name under which others see who has it
     * @param wait whether to wait for others
     * @throws PgkeepException LOCK_BUSY, naming the holder, when it is not to wait
     */
    public static ChangeLock take(
            Connector connector,
            Target target,
            String name,
            boolean wait,
            Progress progress,
            Cancellation cancellation) {
        ChangeLock lock = new ChangeLock(connect(connector, target, name), target.database());
        try {
            lock.await(lock.change, wait, progress, cancellation);
            lock.await(lock.restore, wait, progress, cancellation);
            return lock;
        } catch (PgkeepException e) {
            lock.close();
            throw e;
        }
    }

    /** Lets a restore in, for going back; other guarded runs still wait. */
    public void letRestoreIn() {
        try {
            restore.release();
        } catch (PgkeepException e) {
            // Its session is gone, and its locks with it.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Its locks go with it either way.
        }
    }

    private void await(DatabaseLock lock, boolean wait, Progress progress, Cancellation cancellation) {
        boolean told = false;
        while (!lock.tryTake()) {
            String holder = lock.holder().orElse("somebody");
            if (!wait) {
                throw new PgkeepException(
                        ErrorCode.LOCK_BUSY,
                        holder + " is at work on " + database + " right now",
                        "wait until that has ended, or leave out --no-wait to have it waited for");
            }
            if (!told) {
                progress.step("Waiting for " + holder + ", which is at work on " + database);
                told = true;
            }
            pause(cancellation);
        }
    }

    private static void pause(Cancellation cancellation) {
        cancellation.check();
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    private static Connection connect(Connector connector, Target target, String name) {
        try {
            return connector.openBeside(target, name);
        } catch (PgkeepException e) {
            // A role that may connect nowhere else.
            return connector.open(target, name);
        }
    }
}
