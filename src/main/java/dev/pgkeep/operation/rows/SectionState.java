package dev.pgkeep.operation.rows;

import dev.pgkeep.format.rows.Section;
import dev.pgkeep.postgres.relations.Relation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The state of a section: how its rows compare with what is in the database.
 *
 * @param missing rows that would be put back: not there, or, of changed rows, with the values that the deletion left
 * @param identical rows that are there as they are in the document
 * @param conflicting rows whose key, or another unique value, belongs to a row that is different
 * @param taken of the conflicting rows: those whose unique values belong to a row of another key
 * @param lost of changed rows: those that are no longer there at all
 * @param content the same only where each of the rows compares as before, and conflicts with the same values
 * @param samples of conflicting rows, for people
 */
public record SectionState(
        Section section,
        long missing,
        long identical,
        long conflicting,
        long taken,
        long lost,
        String content,
        List<String> samples) {
    public long rows() {
        return missing + identical + conflicting + lost;
    }

    public boolean changes() {
        return section.change().isPresent();
    }

    /** The difference from what was shown of the same section, for people; empty where there is none. */
    Optional<String> unlike(SectionState shown) {
        String what = Stream.of(
                        moved("to come back", shown.missing, missing),
                        moved("there already", shown.identical, identical),
                        moved("in conflict", shown.conflicting + shown.lost, conflicting + lost))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return Optional.of(
                        Relation.shown(section.table()) + ": " + (what.isEmpty() ? "as many, but other values" : what))
                .filter(line -> !what.isEmpty() || !content.equals(shown.content));
    }

    private static Optional<String> moved(String what, long then, long now) {
        return then == now ? Optional.empty() : Optional.of(then + " " + what + " then, " + now + " now");
    }
}
