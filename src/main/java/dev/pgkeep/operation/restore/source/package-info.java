/**
 * What can be restored, and what of it is damaged. Door: {@link dev.pgkeep.operation.restore.source.RestoreSource}, a
 * dump in one of PostgreSQL's formats or a backup of chunks. {@link dev.pgkeep.operation.restore.source.DamageSearch}
 * reads chunks through, and {@link dev.pgkeep.operation.restore.source.Damage} says which rows of which tables the bad
 * ones cost. Changes nothing, and needs no server: verify, export and show use it as restore does.
 */
@NullMarked
package dev.pgkeep.operation.restore.source;

import org.jspecify.annotations.NullMarked;
