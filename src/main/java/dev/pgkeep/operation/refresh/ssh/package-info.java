/**
 * Fetches a backup from another machine by the system's {@code ssh}:
 * {@link dev.pgkeep.operation.refresh.ssh.RemotePlace} says where it is,
 * {@link dev.pgkeep.operation.refresh.ssh.RemoteBackups} brings it here. All that the other machine needs is
 * {@code sh}, {@code find}, {@code wc} and {@code cat}; nothing is written there.
 *
 * <p>{@code RemoteBackups.look} lists what is there; {@code likeness} makes a repository of it in a private folder,
 * with the metadata as it is and empty files of the right length for the rest, so that the usual listing and choosing
 * work; {@code fetch} brings the data of the chosen backup, of a repository of chunks only the packs that hold some of
 * its.
 *
 * <p>Nobody is asked for a password, and none stands on a command line: keys, agents and {@code ~/.ssh/config} are
 * ssh's own business. Names that come from the other machine never lead out of the folder that things are fetched to.
 */
@NullMarked
package dev.pgkeep.operation.refresh.ssh;

import org.jspecify.annotations.NullMarked;
