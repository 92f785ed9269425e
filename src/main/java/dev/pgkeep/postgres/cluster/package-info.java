/**
 * Runs a temporary PostgreSQL server of our own: for the demo, for proofs of backups, and for the tests.
 *
 * <p>{@link dev.pgkeep.postgres.cluster.LocalCluster} is the door: {@link dev.pgkeep.postgres.cluster.ServerPrograms}
 * says which installed programs to run, {@link dev.pgkeep.postgres.cluster.ClusterOptions} how. It makes a fresh
 * {@code ClusterFolder}, which holds everything, and sets a {@code Watchdog} on it; then {@code ServerControl}
 * initialises and starts the server there as {@code ServerUser} (another user when we are root, because PostgreSQL
 * refuses to be root). The server listens on loopback only.
 *
 * <p>Invariant: no server outlives its owner. A small shell, the watchdog, holds the reading end of a pipe whose other
 * end only the owning JVM has. When the pipe ends, because the cluster was closed, the JVM exited or it was killed, the
 * watchdog stops the server and removes the folder. Closing is the same path as dying, so it is tested all the time.
 * Should the watchdog die as well, the next start in the same place removes what is left.
 *
 * <p>Knows nothing of connections; of client tools only where programs are installed.
 */
@NullMarked
package dev.pgkeep.postgres.cluster;

import org.jspecify.annotations.NullMarked;
