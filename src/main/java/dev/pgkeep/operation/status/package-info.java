/**
 * Tells how well the backups of a repository are: the newest good one of each database and its age, the last proof,
 * sizes and durations over time, runs that failed, space. Door: {@link dev.pgkeep.operation.status.Status}.
 *
 * <p>{@code Survey} looks at the backups and runs of one database and makes its
 * {@link dev.pgkeep.operation.status.DatabaseStatus}; {@code Problems} words what somebody should look at; the result
 * is a plain record that prints itself as JSON, and {@link dev.pgkeep.operation.status.PrometheusText} as metrics.
 *
 * <p>Good means checked, not known to be damaged, and whole: a schema or a few tables are no backup of a database. Only
 * metadata and marks are read, no data.
 */
@NullMarked
package dev.pgkeep.operation.status;

import org.jspecify.annotations.NullMarked;
