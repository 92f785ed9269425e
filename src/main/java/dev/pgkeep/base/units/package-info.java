/** Words and reads sizes, durations, counts and lines of a shell as people do. Pure functions, no state. */
@NullMarked
package dev.pgkeep.base.units;

import org.jspecify.annotations.NullMarked;
