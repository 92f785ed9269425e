/**
 * What a restore will do, and what stands in its way, found out before anything is changed: the request, the backup,
 * the target and the server are looked at ({@link dev.pgkeep.operation.restore.plan.RestorePlanner}), and everything
 * worth knowing is a {@link dev.pgkeep.operation.restore.plan.Finding}. Reads only.
 */
@NullMarked
package dev.pgkeep.operation.restore.plan;

import org.jspecify.annotations.NullMarked;
