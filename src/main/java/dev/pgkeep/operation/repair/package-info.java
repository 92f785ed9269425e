/**
 * Makes good what was lost in a repository: {@link dev.pgkeep.operation.repair.Repair} makes the index of chunks again
 * from the packs, with the chunks for itself alone. No pack is changed, and no backup removed.
 */
@NullMarked
package dev.pgkeep.operation.repair;

import org.jspecify.annotations.NullMarked;
