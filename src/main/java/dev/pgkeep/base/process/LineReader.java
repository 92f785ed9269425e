package dev.pgkeep.base.process;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of any length, in pieces of bounded size: a progress bar may print megabytes without ever ending its line. A
 * piece ends at a blank where there is one, so that what must not be shown stays in one piece.
 */
public final class LineReader {
    /** Characters in the longest piece. */
    static final int LONGEST = 8192;

    /**
     * @param text without its end of line
     * @param ends whether the line ends here
     */
    public record Piece(String text, boolean ends) {}

    private final Reader reader;
    private final char[] room = new char[LONGEST];
    private int filled;
    private int next;
    private boolean afterReturn;
    private boolean ended;

    public LineReader(Reader reader) {
        this.reader = reader;
    }

    /** The next one; null at the end. Carriage return, line feed, and both together end a line. */
    @Nullable
    public Piece next() throws IOException {
        int looked = next;
        while (true) {
            if (looked == filled) {
                if (ended || isFull()) {
                    return rest();
                }
                looked -= makeRoom();
                fill();
                continue;
            }
            char c = room[looked];
            if (c == '\n' && afterReturn && looked == next) {
                afterReturn = false;
                looked = ++next;
            } else if (c == '\n' || c == '\r') {
                afterReturn = c == '\r';
                return piece(looked, looked + 1, true);
            } else {
                afterReturn = false;
                looked++;
            }
        }
    }

    private boolean isFull() {
        return next == 0 && filled == room.length;
    }

    /** Moves what is left to the beginning; returns by how much. */
    private int makeRoom() {
        int moved = next;
        System.arraycopy(room, next, room, 0, filled - next);
        filled -= moved;
        next = 0;
        return moved;
    }

    private void fill() throws IOException {
        int read = reader.read(room, filled, room.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
    }

    @Nullable
    private Piece rest() {
        if (next == filled) {
            return null;
        }
        if (ended) {
            return piece(filled, filled, true);
        }
        int end = filled;
        while (end > filled / 2 && !Character.isWhitespace(room[end - 1])) {
            end--;
        }
        end = end > filled / 2 ? end : wholeCharacters();
        return piece(end, end, false);
    }

    /** A character of two halves is not cut. */
    private int wholeCharacters() {
        return Character.isHighSurrogate(room[filled - 1]) ? filled - 1 : filled;
    }

    private Piece piece(int end, int after, boolean ends) {
        Piece piece = new Piece(new String(room, next, end - next), ends);
        next = after;
        return piece;
    }
}
