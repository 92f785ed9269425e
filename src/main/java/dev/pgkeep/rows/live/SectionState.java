package dev.pgkeep.rows.live;

import dev.pgkeep.rows.Section;
import java.util.List;

/**
 * How the rows of a section compare with what is in the database.
 *
 * @param missing rows that would be put back: not there, or, of changed rows, with the values that the deletion left
 * @param identical rows that are there as they are in the document
 * @param conflicting rows whose key, or another unique value, belongs to a row that is different
 * @param lost of changed rows: those that are no longer there at all
 * @param samples of conflicting rows, for people
 */
public record SectionState(
        Section section, long missing, long identical, long conflicting, long lost, List<String> samples) {
    public long rows() {
        return missing + identical + conflicting + lost;
    }

    public boolean changes() {
        return section.change().isPresent();
    }
}
