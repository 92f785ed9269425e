/**
 * Proves that a restored database holds what its backup says.
 * {@link dev.pgkeep.operation.restore.proof.ContentComparison} reads every row of backups of chunks and compares their
 * content; {@link dev.pgkeep.operation.restore.proof.ContentProof} does so while a load is still going on, slice by
 * slice; {@link dev.pgkeep.operation.restore.proof.RowComparison} counts, for the other formats. All answer with a
 * {@link dev.pgkeep.operation.restore.proof.Comparison}. Partitions are compared as one table.
 */
@NullMarked
package dev.pgkeep.operation.restore.proof;

import org.jspecify.annotations.NullMarked;
