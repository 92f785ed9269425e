/**
 * What is needed for a while, and goes even when its process is killed. Doors:
 * {@link dev.pgkeep.temporary.TemporaryFile}, {@link dev.pgkeep.temporary.OwnedFolder}.
 */
@NullMarked
package dev.pgkeep.temporary;

import org.jspecify.annotations.NullMarked;
