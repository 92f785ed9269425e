/**
 * The one error family: a {@link dev.pgkeep.base.error.PgkeepException} carries an
 * {@link dev.pgkeep.base.error.ErrorCode}, one line on what happened and one line on what to do. Codes and exit
 * statuses are mapped in {@code ErrorCode} alone; no other place decides how the process ends.
 * {@link dev.pgkeep.base.error.FileProblem} reads errors of the file system.
 */
@NullMarked
package dev.pgkeep.base.error;

import org.jspecify.annotations.NullMarked;
