/** Sizes, durations and counts as people write and read them. Pure functions, no state. */
@NullMarked
package dev.pgkeep.base.units;

import org.jspecify.annotations.NullMarked;
