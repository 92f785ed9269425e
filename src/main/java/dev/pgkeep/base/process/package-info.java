/**
 * Child processes: their descendants are found ({@link dev.pgkeep.base.process.ProcessTree}), they end with this
 * process however it ends ({@link dev.pgkeep.base.process.ProcessWatchdog}), and what they print is read in bounded
 * memory.
 */
@NullMarked
package dev.pgkeep.base.process;

import org.jspecify.annotations.NullMarked;
