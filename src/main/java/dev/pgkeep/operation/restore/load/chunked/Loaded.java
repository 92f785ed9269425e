package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.operation.restore.proof.Comparison;
import java.util.Set;

/**
 * The end of a load.
 *
 * @param comparison how the rows that were loaded compare with the backup; none where their bytes cannot be compared
 * @param notes known-harmless errors and what was left out, one line each
 */
public record Loaded(Comparison comparison, Set<String> notes) {}
