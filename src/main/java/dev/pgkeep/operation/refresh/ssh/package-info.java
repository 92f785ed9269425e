/**
 * Fetches a backup from another machine by the system's {@code ssh}:
 * {@link dev.pgkeep.operation.refresh.ssh.RemotePlace} says where it is,
 * {@link dev.pgkeep.operation.refresh.ssh.RemoteBackups} brings it here. All that the other machine needs is
 * {@code sh}, {@code find}, {@code wc} and {@code cat}; nothing is written there.
 *
 * <p>Invariants: nobody is asked for a password, and none stands on a command line: keys, agents and
 * {@code ~/.ssh/config} are ssh's own business. Names that come from the other machine never lead out of the folder
 * that things are fetched to. Of a repository of chunks only the packs come over in which the chosen backup has chunks.
 */
@NullMarked
package dev.pgkeep.operation.refresh.ssh;

import org.jspecify.annotations.NullMarked;
