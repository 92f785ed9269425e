package dev.pgkeep.repository.contents.rows;

import java.io.IOException;

/** Takes the values of rows, in order: for each NULL or its text in any number of parts, then that it ended. */
public interface FieldSink {
    /** The value that begins now is NULL. */
    void absent() throws IOException;

    /**
     * The next part of the value's text; none for an empty one.
     *
     * @param bytes valid only during the call, in the encoding of the database
     */
    void part(byte[] bytes, int offset, int length) throws IOException;

    /** The value is complete. */
    void endValue() throws IOException;

    /** The row is complete. */
    void endRow() throws IOException;
}
