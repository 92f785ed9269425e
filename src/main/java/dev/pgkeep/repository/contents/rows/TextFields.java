package dev.pgkeep.repository.contents.rows;

import dev.pgkeep.format.pgtext.CopyTextFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Takes rows apart that are written as COPY's text form, cut anywhere. Not for several threads. */
public final class TextFields extends OutputStream {
    private final boolean columns;
    private final FieldSink sink;
    private final byte[] one = new byte[1];
    private boolean escaped;

    /** @param columns how many the rows have; without any, a row is an empty line */
    public TextFields(int columns, FieldSink sink) {
        this.columns = columns > 0;
        this.sink = sink;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int start = offset;
        for (int at = offset; at < end; at++) {
            byte octet = bytes[at];
            if (escaped) {
                unescape(octet);
                escaped = false;
                start = at + 1;
            } else if (octet == '\\' || octet == '\t' || octet == '\n') {
                part(bytes, start, at - start);
                start = at + 1;
                end(octet);
            }
        }
        part(bytes, start, end - start);
    }

    private void end(byte octet) throws IOException {
        if (octet == '\\') {
            escaped = true;
            return;
        }
        if (columns) {
            sink.endValue();
        }
        if (octet == '\n') {
            sink.endRow();
        }
    }

    private void unescape(byte octet) throws IOException {
        if (octet == 'N') {
            // Only NULL is written so: a backslash of a text comes twice.
            sink.absent();
            return;
        }
        one[0] = CopyTextFormat.octet(octet);
        sink.part(one, 0, 1);
    }

    private void part(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            sink.part(bytes, offset, length);
        }
    }
}
