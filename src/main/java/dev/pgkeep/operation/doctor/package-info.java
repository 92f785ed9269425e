/**
 * Looks at everything that backups and restores depend on, and says how to fix what is wrong: connection, server,
 * rights, client tools, clock, repository, backups, and files that should not be seen by others.
 *
 * <p>{@link dev.pgkeep.operation.doctor.Doctor} is the door; each group of checks is a class of its own that adds
 * {@link dev.pgkeep.operation.doctor.Check}s. Nothing is changed, neither on the server nor in the repository, and no
 * check stops the others: what cannot be examined is a finding itself.
 */
@NullMarked
package dev.pgkeep.operation.doctor;

import org.jspecify.annotations.NullMarked;
