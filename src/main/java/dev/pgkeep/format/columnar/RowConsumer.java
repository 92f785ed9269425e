package dev.pgkeep.format.columnar;

/** Takes rows one after the other, as they are stored or as COPY sends them; those that are too wide in pieces. */
public interface RowConsumer {
    /** A whole row. @param bytes valid only during the call */
    void row(byte[] bytes, int offset, int length);

    /** The next piece of a row that comes in pieces. @param last whether the row ends with it */
    void piece(byte[] bytes, int offset, int length, boolean last);
}
