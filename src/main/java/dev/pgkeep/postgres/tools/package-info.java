/**
 * PostgreSQL's own client programs: where they are installed, which of them fits a server or an archive, and how one of
 * them is run.
 *
 * <p>Doors: {@link dev.pgkeep.postgres.tools.ClientTools} finds and chooses a
 * {@link dev.pgkeep.postgres.tools.ClientSet}; {@link dev.pgkeep.postgres.tools.ClientProcess} runs one program;
 * {@link dev.pgkeep.postgres.tools.ClientErrors} turns what it wrote to stderr into an error with a hint.
 *
 * <p>Invariants: no command list ever holds a password (they travel in the environment); every run is cancellable and
 * ends with all its threads and children gone; stderr is kept in bounded memory.
 */
@NullMarked
package dev.pgkeep.postgres.tools;

import org.jspecify.annotations.NullMarked;
