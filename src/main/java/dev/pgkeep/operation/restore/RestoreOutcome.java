package dev.pgkeep.operation.restore;

import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;

/**
 * The end of a restore.
 *
 * @param target where the data is now
 * @param comparison what was compared
 * @param safetyBackup the backup that was made before, if one was
 * @param swapped what became of the database that was replaced, where names were swapped
 * @param missing rows that are damaged in the backup and were left out
 * @param notes what could not be taken over, and known-harmless errors, one line each
 */
public record RestoreOutcome(
        Target target,
        Comparison comparison,
        Optional<String> safetyBackup,
        Optional<Swapped> swapped,
        List<MissingRows> missing,
        List<String> notes) {}
