/**
 * Finds PostgreSQL's own client programs, chooses those that fit a server or an archive, and runs them.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.postgres.tools.ClientTools} looks everywhere where programs are installed
 *       ({@code InstallFolders}) and asks each pg_dump for its version.
 *   <li>It chooses a {@link dev.pgkeep.postgres.tools.ClientSet} for a dump or for a restore ({@code Choice}, which is
 *       pure), and refuses versions with a {@link dev.pgkeep.postgres.tools.KnownHole} that matters; where none fits,
 *       {@code InstallAdvice} names the command that installs one.
 *   <li>{@link dev.pgkeep.postgres.tools.ClientProcess} runs one program: its streams go where it is told, and it ends
 *       with all its threads and children.
 *   <li>{@link dev.pgkeep.postgres.tools.ClientErrors} turns what it wrote to stderr into an error with a hint, by the
 *       first {@code Symptom} that is known.
 * </ol>
 *
 * <p>Invariants: no command list ever holds a password (they travel in the environment); every run is cancellable;
 * stderr is kept in bounded memory.
 */
@NullMarked
package dev.pgkeep.postgres.tools;

import org.jspecify.annotations.NullMarked;
