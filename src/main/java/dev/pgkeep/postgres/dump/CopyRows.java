package dev.pgkeep.postgres.dump;

import java.io.IOException;

/** Follows the rows of a COPY to the line {@code \.} that ends them, and counts them. */
final class CopyRows {
    private static final byte[] END = {'\\', '.', '\r', '\n'};

    private final ScriptVisitor visitor;
    private long rows;
    /** The length of what has been seen of a line {@code \.}, and is held back, at the start of a row. */
    private int ending;

    private boolean lineStart = true;

    CopyRows(ScriptVisitor visitor) {
        this.visitor = visitor;
    }

    /**
     * Takes the next bytes.
     *
     * @return where the rows ended, behind their last line; -1 when they go on
     */
    int feed(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        int sent = from;
        while (at < end) {
            if (!lineStart) {
                at = nextLine(bytes, at, end);
            } else if (isEnding(bytes[at])) {
                if (ending++ == 0) {
                    pass(bytes, sent, at);
                }
                sent = ++at;
                if (bytes[at - 1] == '\n') {
                    visitor.copyEnd(rows, terminator());
                    return at;
                }
            } else {
                giveBack();
                lineStart = false;
            }
        }
        pass(bytes, sent, at);
        return -1;
    }

    /** The script ends here: passes on what looked like the beginning of the last line. */
    void finish() throws IOException {
        giveBack();
    }

    private int nextLine(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        if (at == end) {
            return end;
        }
        rows++;
        lineStart = true;
        return at + 1;
    }

    private boolean isEnding(byte each) {
        return switch (ending) {
            case 0 -> each == '\\';
            case 1 -> each == '.';
            case 2 -> each == '\r' || each == '\n';
            default -> each == '\n';
        };
    }

    private byte[] terminator() {
        return ending == END.length ? END.clone() : new byte[] {'\\', '.', '\n'};
    }

    /** The line began like the end of the rows but was a row. */
    private void giveBack() throws IOException {
        pass(END, 0, ending);
        ending = 0;
    }

    private void pass(byte[] bytes, int from, int to) throws IOException {
        if (to > from) {
            visitor.copyData(bytes, from, to - from);
        }
    }
}
