package dev.pgkeep.postgres.copy;

/** Receives rows as COPY sends them. */
public interface RowConsumer {
    /** One whole row. @param bytes valid only during the call */
    void row(byte[] bytes, int offset, int length);

    /** The next piece of a row that is too wide to be held in memory. @param last whether the row ends with it */
    void piece(byte[] bytes, int offset, int length, boolean last);
}
