package dev.pgkeep.cli;

import dev.pgkeep.base.secret.RedactedText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A stream that goes to the log file: whole lines of it, without secrets. */
final class LogLines {
    private static final int ROOM = 8192;
    private static final int LONGEST_CHARACTER = 4;

    private final OutputStream log;
    private final RedactedText text = new RedactedText();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(ROOM + LONGEST_CHARACTER);
    private final CharBuffer characters = CharBuffer.allocate(ROOM + LONGEST_CHARACTER);

    /** @param log shared by all streams */
    LogLines(OutputStream log) {
        this.log = log;
    }

    synchronized void write(byte[] from, int at, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int part = Math.min(ROOM, length - done);
            bytes.put(from, at + done, part).flip();
            decoder.decode(bytes, characters, false);
            bytes.compact();
            put(text.take(characters.flip()));
            characters.clear();
            done += part;
        }
    }

    /** Writes what is left, as well as it can be. */
    synchronized void end() {
        try {
            put(text.rest());
        } catch (IOException e) {
            // The lines before it said so already, to whoever printed them.
        }
    }

    private void put(String redacted) throws IOException {
        if (!redacted.isEmpty()) {
            synchronized (log) {
                log.write(redacted.getBytes(StandardCharsets.UTF_8));
                log.flush();
            }
        }
    }
}
