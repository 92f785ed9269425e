/**
 * Proves that a backup is good, at three depths: {@code quick} looks at sizes and at what is listed, {@code full} reads
 * every byte and counts every row, {@code restore} loads it into a scratch database and counts there. What was found is
 * added to the repository as a mark; the metadata itself is never touched.
 */
@NullMarked
package dev.pgkeep.operation.verify;

import org.jspecify.annotations.NullMarked;
