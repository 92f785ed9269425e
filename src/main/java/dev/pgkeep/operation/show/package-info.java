/**
 * Looks at what there is, without changing anything: {@link dev.pgkeep.operation.show.BackupList} at the stored
 * backups, {@link dev.pgkeep.operation.show.Show} at one of them, {@link dev.pgkeep.operation.show.ServerContents} at
 * the databases of a server and their tables, {@link dev.pgkeep.operation.show.Versions} at what runs where.
 */
@NullMarked
package dev.pgkeep.operation.show;

import org.jspecify.annotations.NullMarked;
