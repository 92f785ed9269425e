/**
 * Wires everything: configuration goes in, objects come out. {@link dev.pgkeep.app.Pgkeep} is the door, with one method
 * for each part; nothing else chooses where backups live, which client programs run or which clock is read. A part is
 * made when it is asked for, so that a listing starts fast.
 */
@NullMarked
package dev.pgkeep.app;

import org.jspecify.annotations.NullMarked;
