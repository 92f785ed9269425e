package dev.pgkeep.operation.rows;

import dev.pgkeep.format.rows.RowsReader.Checked;
import dev.pgkeep.postgres.connect.Target;
import java.nio.file.Path;
import java.util.List;

/**
 * The preview of putting rows back: what that would do.
 *
 * @param target settled: one server
 * @param marked whether the database bears the mark of {@code pgkeep protect}
 * @param document what was read, and found to be whole
 * @param sections in the order of the document
 * @param obstacles why it cannot be done; one line each
 * @param notes what is worth knowing; one line each
 */
public record RestorePreview(
        Path file,
        Target target,
        String serverVersion,
        boolean marked,
        Checked document,
        List<SectionState> sections,
        List<String> obstacles,
        List<String> notes) {

    /** Whether every row is there as the document has it: there is nothing to put back. */
    public boolean isIdle() {
        return missing() == 0 && conflicting() == 0;
    }

    public long missing() {
        return sections.stream().mapToLong(SectionState::missing).sum();
    }

    public long identical() {
        return sections.stream().mapToLong(SectionState::identical).sum();
    }

    public long conflicting() {
        return sections.stream()
                .mapToLong(each -> each.conflicting() + each.lost())
                .sum();
    }
}
