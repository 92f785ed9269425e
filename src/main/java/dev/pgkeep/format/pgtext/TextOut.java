package dev.pgkeep.format.pgtext;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of text that grow. */
final class TextOut {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[1 << 10];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void moveTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    TextOut put(int octet) {
        room(1);
        bytes[length++] = (byte) octet;
        return this;
    }

    TextOut put(byte[] from, int at, int count) {
        room(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        return this;
    }

    /** ASCII alone. */
    TextOut text(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    TextOut number(long value) {
        return text(Long.toString(value));
    }

    /** A number that is not negative, with zeros in front up to a width. */
    TextOut padded(long value, int width) {
        String digits = Long.toString(value);
        for (int i = digits.length(); i < width; i++) {
            put('0');
        }
        return text(digits);
    }

    void hex(int octet) {
        room(2);
        bytes[length++] = HEX[octet >> 4 & 15];
        bytes[length++] = HEX[octet & 15];
    }

    /** Text as COPY's text form has it: with backslashes before what means something there. */
    void escaped(byte[] from, int at, int count) {
        int end = at + count;
        int start = at;
        for (int i = at; i < end; i++) {
            byte letter = CopyTextFormat.letter(from[i]);
            if (letter != 0) {
                put(from, start, i - start).put('\\').put(letter);
                start = i + 1;
            }
        }
        put(from, start, end - start);
    }

    private void room(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), (int)
                    Math.min(Integer.MAX_VALUE - 16, bytes.length * 2L)));
        }
    }
}
