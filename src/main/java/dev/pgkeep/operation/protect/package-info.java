/**
 * The mark on a database that makes whatever destroys its content ask for its name. {@link
 * dev.pgkeep.operation.protect.Protect} puts it there, takes it away and says whether it is there.
 */
@NullMarked
package dev.pgkeep.operation.protect;

import org.jspecify.annotations.NullMarked;
