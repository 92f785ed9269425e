package dev.pgkeep.format.rows;

import dev.pgkeep.base.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Reads JSON piece by piece, as the one who reads expects it, and knows the SHA-256 of what was read. */
final class JsonIn {
    private static final int LONGEST_NUMBER = 40;

    private final InputStream in;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream string = new ByteArrayOutputStream();
    private int at;
    private int filled;
    private int digested;
    private long before;

    JsonIn(InputStream in) {
        this.in = in;
    }

    /** The error of a document that is not as it should be. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The next character that is no white space, not taken yet; -1 at the end. */
    int peek() throws IOException {
        while (true) {
            if (at == filled && !fill()) {
                return -1;
            }
            byte next = buffer[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next & 0xff;
            }
            at++;
        }
    }

    void expect(char wanted) throws IOException {
        int found = peek();
        if (found != wanted) {
            throw malformed(found < 0 ? "it ends too early" : "there should be " + wanted);
        }
        at++;
    }

    /** Takes a character if it is the next. */
    boolean take(char wanted) throws IOException {
        boolean there = peek() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    /** Takes a key and its colon. */
    String key() throws IOException {
        String name = text();
        expect(':');
        return name;
    }

    void key(String wanted) throws IOException {
        String found = key();
        if (!found.equals(wanted)) {
            throw malformed("there should be " + wanted + " instead of " + found);
        }
    }

    String text() throws IOException {
        ByteArrayOutputStream bytes = bytes();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A string in UTF-8; valid until the next one. */
    ByteArrayOutputStream bytes() throws IOException {
        expect('"');
        string.reset();
        while (true) {
            byte next = next();
            switch (next) {
                case '"' -> {
                    return string;
                }
                case '\\' -> escape();
                default -> {
                    if (next >= 0 && next < ' ') {
                        throw malformed("a string holds a control character");
                    }
                    string.write(next);
                }
            }
        }
    }

    /** A number, {@code true}, {@code false} or {@code null}, as it stands there. */
    String word() throws IOException {
        peek();
        StringBuilder word = new StringBuilder();
        while (at < filled || fill()) {
            char next = (char) buffer[at];
            if (!(next >= '0' && next <= '9'
                    || next >= 'a' && next <= 'z'
                    || next == '-'
                    || next == '+'
                    || next == '.')) {
                break;
            }
            word.append(next);
            at++;
            if (word.length() > LONGEST_NUMBER) {
                throw malformed("there is a word that means nothing");
            }
        }
        return word.toString();
    }

    long number() throws IOException {
        String word = word();
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw malformed("there should be a number instead of " + word);
        }
    }

    /** The SHA-256 of everything before the next character that is no white space. */
    String sha() throws IOException {
        peek();
        digest.update(buffer, digested, at - digested);
        digested = at;
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    Malformed malformed(String what) {
        return new Malformed(what + " (at byte " + (before + at) + ")");
    }

    private void escape() throws IOException {
        byte letter = next();
        switch (letter) {
            case '"', '\\', '/' -> string.write(letter);
            case 'n' -> string.write('\n');
            case 'r' -> string.write('\r');
            case 't' -> string.write('\t');
            case 'b' -> string.write('\b');
            case 'f' -> string.write('\f');
            case 'u' -> unicode();
            default -> throw malformed("a string holds an unknown escape");
        }
    }

    private void unicode() throws IOException {
        int first = hex();
        int code = first;
        if (Character.isHighSurrogate((char) first)) {
            if (next() != '\\' || next() != 'u') {
                throw malformed("a string holds half a character");
            }
            code = Character.toCodePoint((char) first, (char) hex());
        }
        string.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
    }

    private int hex() throws IOException {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit((char) next(), 16);
            if (digit < 0) {
                throw malformed("a string holds an unknown escape");
            }
            code = code << 4 | digit;
        }
        return code;
    }

    private byte next() throws IOException {
        if (at == filled && !fill()) {
            throw malformed("it ends too early");
        }
        return buffer[at++];
    }

    private boolean fill() throws IOException {
        digest.update(buffer, digested, filled - digested);
        before += filled;
        at = 0;
        digested = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }
}
