/**
 * Marks a database, so that whatever destroys its content asks for its name.
 * {@link dev.pgkeep.operation.protect.Protect} puts the mark there, takes it away and says whether it is there.
 *
 * <p>The mark itself is {@link dev.pgkeep.postgres.catalog.Protection}, and is in no metadata of a backup. Who makes a
 * database anew looks at the old one, or, when a killed run dropped it, into the history ({@code PastRuns}), and marks
 * the new one before the old one goes.
 */
@NullMarked
package dev.pgkeep.operation.protect;

import org.jspecify.annotations.NullMarked;
