package dev.pgkeep.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Takes a script apart as psql would read it: statements, lines that begin with a backslash, and the rows between
 * {@code COPY … FROM stdin;} and {@code \.}. Memory is bounded by {@link #LONGEST}: a longer statement (an INSERT with
 * a huge value, say) is passed on in pieces, and rows always are.
 *
 * <p>What it must know of SQL is only where a statement ends: quotes, dollar quotes, comments. It splits function
 * bodies of the {@code BEGIN ATOMIC} form at their inner semicolons, which does no harm to anybody who passes all
 * pieces on.
 */
final class SqlScanner {
    /** Bytes of a statement that are kept together. */
    static final int LONGEST = 1 << 20;

    /** Receives the pieces in the order of the script; joined together they are the script. */
    interface Visitor {
        /** A whole statement with its semicolon and what stands before it (comments, blank lines). */
        void statement(byte[] text, int codeStart) throws IOException;

        /** The beginning of a statement that is too long to keep; the rest follows as {@link #other}. */
        void longStatement(byte[] text, int codeStart) throws IOException;

        /**
         * A piece of something that is no statement of its own: the rest of a very long one, or the end of the file.
         */
        void other(byte[] bytes, int from, int length) throws IOException;

        /** A line of psql's own, beginning with a backslash, with its newline. */
        void metaCommand(byte[] line) throws IOException;

        /** A COPY statement; its rows follow, then {@link #copyEnd}. */
        void copyStart(byte[] text, int codeStart) throws IOException;

        /** Bytes of rows; not cut at lines. */
        void copyData(byte[] bytes, int from, int length) throws IOException;

        /**
         * The end of the rows.
         *
         * @param rows number of rows
         * @param terminator the line that ended them
         */
        void copyEnd(long rows, byte[] terminator) throws IOException;
    }

    private enum State {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        SINGLE,
        ESCAPED,
        DOUBLE,
        DOLLAR,
        META,
        COPY_HEAD,
        COPY
    }

    private final Visitor visitor;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(8192);
    private State state = State.CODE;
    /** Where in {@code held} the statement's first word begins; -1 before it. */
    private int codeStart = -1;
    /** A piece of this statement has been passed on already, because it was too long to keep. */
    private boolean overlong;

    private int depth;
    private byte previous = '\n';
    private byte beforePrevious = '\n';
    private final ByteArrayOutputStream dollar = new ByteArrayOutputStream(16);
    private byte[] dollarTag = {};
    private int dollarMatched;
    private boolean readingTag;
    private boolean afterBackslash;
    /** The last byte closed something, and must not open or close anything together with the next one. */
    private boolean masked;

    private long rows;
    /** How much of a line {@code \.} has been seen at the start of a row: 0 nothing yet, 1 backslash, 2 dot, 3 CR. */
    private int ending;

    private boolean lineStart;

    SqlScanner(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Takes the next bytes of the script. */
    void feed(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            at = state == State.COPY ? copy(bytes, at, end) : code(bytes, at, end);
        }
    }

    /**
     * Ends the script.
     *
     * @return false when it ended inside rows, quotes or a comment, which only a script that was cut off does
     */
    boolean finish() throws IOException {
        boolean whole = state == State.CODE || state == State.LINE_COMMENT || state == State.META;
        if (state == State.META) {
            endMeta();
        }
        flushHeld();
        return whole;
    }

    private int code(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end && state != State.COPY) {
            byte each = bytes[at++];
            held.write(each);
            step(each);
            beforePrevious = previous;
            previous = masked ? (byte) ' ' : each;
            masked = false;
            if (held.size() >= LONGEST && state != State.COPY) {
                if (codeStart >= 0 && !overlong) {
                    overlong = true;
                    byte[] text = held.toByteArray();
                    held.reset();
                    visitor.longStatement(text, codeStart);
                    codeStart = 0;
                } else {
                    flushHeld();
                }
            }
        }
        return at;
    }

    private void step(byte each) throws IOException {
        switch (state) {
            case CODE -> inCode(each);
            case LINE_COMMENT -> {
                if (each == '\n') {
                    state = State.CODE;
                }
            }
            case BLOCK_COMMENT -> inBlockComment(each);
            case SINGLE -> {
                if (each == '\'') {
                    state = State.CODE;
                }
            }
            case ESCAPED -> inEscaped(each);
            case DOUBLE -> {
                if (each == '"') {
                    state = State.CODE;
                }
            }
            case DOLLAR -> inDollar(each);
            case META -> {
                if (each == '\n') {
                    endMeta();
                }
            }
            case COPY_HEAD -> {
                if (each == '\n') {
                    startCopy();
                }
            }
            case COPY -> throw new IllegalStateException("rows are not code");
        }
    }

    private void inCode(byte each) throws IOException {
        if (readingTag && tagStep(each)) {
            return;
        }
        if (each == '-' && previous == '-') {
            if (codeStart == held.size() - 2) {
                codeStart = -1;
            }
            state = State.LINE_COMMENT;
            return;
        }
        if (each == '*' && previous == '/') {
            if (codeStart == held.size() - 2) {
                codeStart = -1;
            }
            state = State.BLOCK_COMMENT;
            depth = 1;
            masked = true;
            return;
        }
        if (codeStart < 0 && !isSpace(each)) {
            codeStart = held.size() - 1;
            if (each == '\\' && !overlong) {
                state = State.META;
                return;
            }
        }
        switch (each) {
            case '\'' -> state = isEscapeString() ? State.ESCAPED : State.SINGLE;
            case '"' -> state = State.DOUBLE;
            case '$' -> {
                if (!isNamePart(previous)) {
                    readingTag = true;
                    dollar.reset();
                    dollar.write(each);
                }
            }
            case ';' -> endStatement();
            default -> {}
        }
    }

    /** Follows a possible opening dollar quote. Returns whether the byte belonged to it. */
    private boolean tagStep(byte each) {
        if (each == '$') {
            dollar.write(each);
            dollarTag = dollar.toByteArray();
            dollarMatched = 0;
            readingTag = false;
            state = State.DOLLAR;
            return true;
        }
        boolean digitFirst = dollar.size() == 1 && each >= '0' && each <= '9';
        if (isNamePart(each) && each != '$' && !digitFirst) {
            dollar.write(each);
            return true;
        }
        readingTag = false;
        return false;
    }

    private void inDollar(byte each) {
        if (each == dollarTag[dollarMatched]) {
            dollarMatched++;
            if (dollarMatched == dollarTag.length) {
                state = State.CODE;
            }
        } else {
            // A tag holds its dollar sign only at its ends, so a mismatch can only begin anew at this byte.
            dollarMatched = each == '$' ? 1 : 0;
        }
    }

    private void inBlockComment(byte each) {
        if (each == '*' && previous == '/') {
            depth++;
            masked = true;
        } else if (each == '/' && previous == '*') {
            masked = true;
            if (--depth == 0) {
                state = State.CODE;
            }
        }
    }

    private void inEscaped(byte each) {
        if (afterBackslash) {
            afterBackslash = false;
        } else if (each == '\\') {
            afterBackslash = true;
        } else if (each == '\'') {
            state = State.CODE;
        }
    }

    private boolean isEscapeString() {
        return (previous == 'E' || previous == 'e') && !isNamePart(beforePrevious);
    }

    private void endStatement() throws IOException {
        byte[] text = held.toByteArray();
        int start = codeStart;
        if (!overlong && start >= 0 && CopyStatement.isCopyFromStdin(text, start)) {
            state = State.COPY_HEAD;
            return;
        }
        held.reset();
        codeStart = -1;
        if (overlong) {
            overlong = false;
            visitor.other(text, 0, text.length);
        } else {
            visitor.statement(text, Math.max(start, 0));
        }
    }

    private void endMeta() throws IOException {
        byte[] line = held.toByteArray();
        held.reset();
        codeStart = -1;
        state = State.CODE;
        visitor.metaCommand(line);
    }

    private void startCopy() throws IOException {
        byte[] text = held.toByteArray();
        int start = codeStart;
        held.reset();
        codeStart = -1;
        rows = 0;
        ending = 0;
        lineStart = true;
        state = State.COPY;
        visitor.copyStart(text, start);
    }

    private int copy(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        int sent = from;
        while (at < end) {
            if (!lineStart) {
                while (at < end && bytes[at] != '\n') {
                    at++;
                }
                if (at == end) {
                    break;
                }
                at++;
                rows++;
                lineStart = true;
                ending = 0;
                continue;
            }
            byte each = bytes[at];
            if (ending == 0 && each == '\\') {
                flush(bytes, sent, at);
                sent = at + 1;
                ending = 1;
                at++;
            } else if (ending == 1 && each == '.') {
                sent = ++at;
                ending = 2;
            } else if (ending == 2 && each == '\r') {
                sent = ++at;
                ending = 3;
            } else if (ending >= 2 && each == '\n') {
                endCopy();
                return at + 1;
            } else {
                giveBack();
                sent = at;
                lineStart = false;
            }
        }
        flush(bytes, sent, at);
        return at;
    }

    private void endCopy() throws IOException {
        state = State.CODE;
        previous = '\n';
        beforePrevious = '\n';
        visitor.copyEnd(rows, ending == 3 ? new byte[] {'\\', '.', '\r', '\n'} : new byte[] {'\\', '.', '\n'});
    }

    /** The line began like the end of the rows but was a row: pass on what was held back. */
    private void giveBack() throws IOException {
        if (ending > 0) {
            visitor.copyData(new byte[] {'\\', '.', '\r'}, 0, ending);
            ending = 0;
        }
    }

    private void flush(byte[] bytes, int from, int to) throws IOException {
        if (to > from) {
            visitor.copyData(bytes, from, to - from);
        }
    }

    private void flushHeld() throws IOException {
        byte[] rest = held.toByteArray();
        held.reset();
        if (codeStart >= 0) {
            codeStart = 0;
        }
        if (rest.length > 0) {
            visitor.other(rest, 0, rest.length);
        }
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t' || each == '\f';
    }

    private static boolean isNamePart(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '_'
                || each == '$'
                || each < 0;
    }
}
