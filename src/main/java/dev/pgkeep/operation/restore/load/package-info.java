/**
 * How a backup gets into a database, by the client programs or by its chunks
 * ({@link dev.pgkeep.operation.restore.load.BackupLoader}), into one that is there or into one that is made for it and
 * takes its name at the end ({@link dev.pgkeep.operation.restore.load.FreshDatabase}).
 */
@NullMarked
package dev.pgkeep.operation.restore.load;

import org.jspecify.annotations.NullMarked;
