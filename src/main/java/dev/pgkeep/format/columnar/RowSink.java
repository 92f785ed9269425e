package dev.pgkeep.format.columnar;

import java.io.IOException;

/** Takes rows back, as bytes of COPY: whole rows, many at a time; of a wide row, one piece at a time. */
@FunctionalInterface
public interface RowSink {
    /** @param bytes valid only during the call */
    void rows(byte[] bytes, int offset, int length) throws IOException;
}
