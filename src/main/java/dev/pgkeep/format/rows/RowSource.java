package dev.pgkeep.format.rows;

import java.util.List;

/** The source of the rows of a document: a live database, or a stored backup. */
public interface RowSource {
    /** The sections, in the order in which they are written. */
    List<Section> sections();

    /** Gives every row of a section, one at a time. */
    void read(Section section, Lines taker);

    /**
     * Takes rows as lines of COPY's text format, values printed under the settings of {@code docs/rows-document.md}, in
     * UTF-8, without the line's end.
     */
    @FunctionalInterface
    interface Lines {
        /** @param line valid only during the call */
        void take(byte[] line, int length);
    }
}
