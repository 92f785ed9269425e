package dev.pgkeep.operation.rows;

import java.util.List;
import java.util.Optional;

/**
 * The outcome of putting rows back.
 *
 * @param sections as they were found just before
 * @param inserted rows
 * @param updated rows that foreign keys had changed, and got their values back
 * @param overwritten rows
 * @param skipped rows that stayed out because of conflicts
 * @param sequences how many went forward
 */
public record RestoreOutcome(
        List<SectionState> sections,
        long inserted,
        long updated,
        long overwritten,
        long skipped,
        int sequences,
        Optional<String> safetyBackup,
        List<String> notes) {}
