package dev.pgkeep.format.rows;

import dev.pgkeep.base.files.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes pieces of JSON to a stream through a buffer, and knows their SHA-256. */
final class JsonOut {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] buffer = new byte[1 << 16];
    private int used;
    private long written;

    JsonOut(OutputStream out) {
        this.out = out;
    }

    /** JSON as it is. */
    JsonOut raw(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        raw(bytes, 0, bytes.length);
        return this;
    }

    void raw(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            put(bytes[i]);
        }
    }

    /** A string with its quotes. */
    JsonOut text(String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        put((byte) '"');
        for (byte each : bytes) {
            character(each);
        }
        put((byte) '"');
        return this;
    }

    void put(byte each) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = each;
    }

    /** A byte of a string in UTF-8. */
    void character(byte each) throws IOException {
        switch (each) {
            case '"', '\\' -> {
                put((byte) '\\');
                put(each);
            }
            case '\n' -> escape('n');
            case '\r' -> escape('r');
            case '\t' -> escape('t');
            default -> {
                if (each >= 0 && each < ' ' || each == 0x7f) {
                    escape('u');
                    put((byte) '0');
                    put((byte) '0');
                    put(HEX[each >> 4]);
                    put(HEX[each & 15]);
                } else {
                    put(each);
                }
            }
        }
    }

    private void escape(char letter) throws IOException {
        put((byte) '\\');
        put((byte) letter);
    }

    /** The SHA-256 of everything that was written so far. */
    String sha() throws IOException {
        flush();
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    long bytes() {
        return written + used;
    }

    void flush() throws IOException {
        digest.update(buffer, 0, used);
        out.write(buffer, 0, used);
        written += used;
        used = 0;
    }
}
