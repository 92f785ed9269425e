package dev.pgkeep.format.columnar;

/** Chunks of kind 2: a piece of one row that is too wide to be held in memory. */
public final class RowFragment {
    /** First byte of such a chunk. */
    static final byte KIND = 2;

    /** Bytes before the piece's own. */
    static final int HEADER = 2;

    private RowFragment() {}

    /** The chunk for a piece of a row's bytes as COPY sends them. @param last whether the row ends with it */
    public static byte[] chunk(byte[] bytes, int offset, int length, boolean last) {
        byte[] chunk = new byte[HEADER + length];
        chunk[0] = KIND;
        chunk[1] = (byte) (last ? 1 : 0);
        System.arraycopy(bytes, offset, chunk, HEADER, length);
        return chunk;
    }
}
