/**
 * Begins again: a database is backed up, made empty, and filled by the application's own migrate and seed commands.
 * Door: {@link dev.pgkeep.operation.reset.Reset}.
 *
 * <ol>
 *   <li>{@code EmptyDatabasePlanner} looks at the database and chooses the
 *       {@link dev.pgkeep.operation.reset.EmptyDatabaseMode}; what would be lost is shown, and asked for.
 *   <li>{@link dev.pgkeep.operation.reset.EmptyDatabase} locks the database and drops what killed runs left. The safety
 *       backup is made; the record of the run names it.
 *   <li>{@code EmptyDatabase.prepare} creates an equal empty database beside the old one, marked as protected where
 *       that is, and lays {@code DatabaseBaseline} in it (extensions, rights on {@code public}, default privileges);
 *       nothing is lost yet.
 *   <li>{@code EmptyDatabase.run} has the two exchange names; where the role may not, it empties the database from
 *       inside.
 *   <li>The application's commands fill it. The old database is dropped when they have ended well; where one fails it
 *       gets its name back.
 * </ol>
 *
 * <p>Nothing is destroyed before the safety backup stands and the history says so: whatever happens afterwards, undo
 * finds the way back.
 */
@NullMarked
package dev.pgkeep.operation.reset;

import org.jspecify.annotations.NullMarked;
