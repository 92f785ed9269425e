package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.connect.Target;

/**
 * The choice of rows to be put back, and where.
 *
 * @param lost the rows
 * @param backup where they are from
 * @param target where they are to go
 */
public record RepairRequest(RepairRows lost, Manifest backup, Target target) {}
