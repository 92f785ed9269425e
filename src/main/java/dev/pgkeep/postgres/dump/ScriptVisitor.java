package dev.pgkeep.postgres.dump;

import java.io.IOException;

/**
 * Receives the pieces that {@link SqlScanner} takes a script apart into, in the order of the script; joined together
 * they are the script.
 */
public interface ScriptVisitor {
    /** Tells where the next statement, or the first row, begins: a line of the script, counted from 1. */
    default void startsAt(long line) {}

    /**
     * A whole statement with its semicolon and what stands before it (comments, blank lines).
     *
     * @param codeStart where the statement's first word begins
     * @return whether rows of a {@code COPY … FROM stdin} follow in the script
     */
    boolean statement(byte[] text, int codeStart) throws IOException;

    /** The beginning of a statement that is too long to keep; the rest follows as {@link #more}. */
    void longStatement(byte[] text, int codeStart) throws IOException;

    /** The next piece of a statement that is too long to keep. */
    void more(byte[] bytes, int from, int length) throws IOException;

    /** A statement that came in pieces is whole. */
    void longEnd() throws IOException;

    /** Takes what means nothing: long comments, the end of a line behind a COPY. */
    void other(byte[] bytes, int from, int length) throws IOException;

    /**
     * Takes what stands after the last statement: comments, or a statement without its semicolon.
     *
     * @param codeStart where that statement begins; the length of the text when there is none
     */
    void end(byte[] text, int codeStart) throws IOException;

    /**
     * A line of psql's own with its newline and what stands before it. A statement that it ends or sends in place of a
     * semicolon was passed on as a statement before.
     *
     * @param codeStart where its backslash is
     */
    void metaCommand(byte[] text, int codeStart) throws IOException;

    /** Tells that something stands on the line of a COPY behind its semicolon: psql would run that after the rows. */
    void strayBehindCopy() throws IOException;

    /** Bytes of rows; not cut at lines. */
    void copyData(byte[] bytes, int from, int length) throws IOException;

    /**
     * The end of the rows.
     *
     * @param rows number of rows
     * @param terminator the line that ended them
     */
    void copyEnd(long rows, byte[] terminator) throws IOException;
}
