/** A restore without a standstill: the database is restored beside the one in use, and the two change names. */
@NullMarked
package dev.pgkeep.operation.restore.swap;

import org.jspecify.annotations.NullMarked;
