/**
 * Proves that a backup is good, at three depths ({@link dev.pgkeep.operation.verify.Depth}): {@code quick} looks at
 * sizes and at what is listed, {@code full} reads every byte and counts every row, {@code restore} loads it into a
 * scratch database and compares there. Doors: {@link dev.pgkeep.operation.verify.VerifyBackups} chooses backups and
 * examines them, with the repository as a whole where all are meant; {@link dev.pgkeep.operation.verify.Verify}
 * examines one or several, as one run.
 *
 * <p>Each backup is held so that nobody removes it meanwhile, and examined by its kind: dumps with {@code DumpReader},
 * chunks with {@code ChunkExamination}, proofs with {@code ScratchRestore}. What was found is a
 * {@link dev.pgkeep.operation.verify.VerifyResult}, and is added to the repository as a mark; the metadata itself is
 * never touched. What is not the backup's fault, a server that is not there for instance, is an error and leaves no
 * mark.
 */
@NullMarked
package dev.pgkeep.operation.verify;

import org.jspecify.annotations.NullMarked;
