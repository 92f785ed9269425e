package dev.pgkeep.cli.render;

import dev.pgkeep.operation.repair.Repair;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What {@code pgkeep repair --json} prints.
 *
 * @param chunks chunks in the new index
 * @param packs packs it names
 * @param damaged packs in which something is damaged
 */
@Json
public record RepairJson(int chunks, int packs, List<String> damaged) {
    public static RepairJson of(Repair.Outcome outcome) {
        return new RepairJson(outcome.chunks(), outcome.packs(), outcome.damaged());
    }
}
