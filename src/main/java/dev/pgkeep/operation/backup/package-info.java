/**
 * Makes a backup: {@link dev.pgkeep.operation.backup.Backup} plans it, dumps in one snapshot, reads back what was
 * written and holds it against the rows counted in that snapshot, and only then lets the repository commit it.
 *
 * <p>The order is the safety: everything is written under a name that nobody lists, synced, checked, and committed with
 * the metadata last. A dump that stands in the way of a schema change is given up and tried again, so that a waiting
 * ALTER TABLE never holds up the application for the length of a backup.
 */
@NullMarked
package dev.pgkeep.operation.backup;

import org.jspecify.annotations.NullMarked;
