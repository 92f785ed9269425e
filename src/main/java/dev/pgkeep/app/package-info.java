/**
 * The composition root: configuration goes in, wired objects come out. Nothing else chooses where backups live, which
 * client programs run or which clock is read.
 */
@NullMarked
package dev.pgkeep.app;

import org.jspecify.annotations.NullMarked;
