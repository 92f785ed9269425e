package dev.pgkeep.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a script apart as psql would read it: statements, lines that begin with a backslash, and the rows between
 * {@code COPY … FROM stdin;} and {@code \.}. Memory is bounded by {@link #LONGEST}: a longer statement (an INSERT with
 * a huge value, say) is passed on in pieces, and rows always are.
 *
 * <p>What it must know of SQL is only where a statement ends: quotes, dollar quotes, comments, parentheses and the
 * bodies of functions.
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

        /** The next piece of a statement, or of comments, too long to keep. */
        void other(byte[] bytes, int from, int length) throws IOException;

        /**
         * What stands after the last statement: comments, or a statement without its semicolon.
         *
         * @param codeStart where that statement begins; the length of the text when there is none
         */
        void end(byte[] text, int codeStart) throws IOException;

        /**
         * A line of psql's own with its newline and what stands before it. A statement that it ends or sends in place
         * of a semicolon was passed on as a statement before.
         *
         * @param codeStart where its backslash is
         */
        void metaCommand(byte[] text, int codeStart) throws IOException;

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
        COPY_HEAD
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

    /** The last byte closed an escape string, which goes on when the next one is a quote too. */
    private boolean escapeClosed;

    private final StatementShape shape = new StatementShape();
    private @Nullable CopyRows rows;

    SqlScanner(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Takes the next bytes of the script. */
    void feed(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            at = rows == null ? code(bytes, at, end) : copy(rows, bytes, at, end);
        }
    }

    /**
     * Ends the script.
     *
     * @return false when it ended inside rows, quotes, a comment or a body, which only a script that was cut off does
     */
    boolean finish() throws IOException {
        if (rows != null) {
            rows.finish();
            return false;
        }
        if (state == State.META) {
            endMeta();
            return true;
        }
        boolean halfComment = codeStart == held.size() - 1 && maybeComment(previous);
        boolean whole = (state == State.CODE || state == State.LINE_COMMENT) && shape.isClosed() && !halfComment;
        byte[] rest = held.toByteArray();
        held.reset();
        if (overlong) {
            visitor.other(rest, 0, rest.length);
        } else if (rest.length > 0) {
            visitor.end(rest, codeStart < 0 ? rest.length : codeStart);
        }
        return whole;
    }

    private int code(byte[] bytes, int from, int end) throws IOException {
        int at = from;
        while (at < end && rows == null) {
            byte each = bytes[at++];
            held.write(each);
            step(each);
            beforePrevious = previous;
            previous = masked ? (byte) ' ' : each;
            masked = false;
            if (held.size() >= LONGEST && rows == null && !maybeComment(each)) {
                passOnLong();
            }
        }
        return at;
    }

    /** A comment must not be cut between its first two bytes: whether code begins there depends on both. */
    private boolean maybeComment(byte each) {
        return state == State.CODE && (each == '-' || each == '/');
    }

    private void passOnLong() throws IOException {
        byte[] text = held.toByteArray();
        held.reset();
        if (codeStart >= 0 && !overlong) {
            overlong = true;
            visitor.longStatement(text, codeStart);
        } else {
            visitor.other(text, 0, text.length);
        }
        if (codeStart >= 0) {
            codeStart = 0;
        }
    }

    private int copy(CopyRows open, byte[] bytes, int from, int end) throws IOException {
        int at = open.feed(bytes, from, end);
        if (at < 0) {
            return end;
        }
        rows = null;
        state = State.CODE;
        previous = '\n';
        beforePrevious = '\n';
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
        }
    }

    private void inCode(byte each) throws IOException {
        if (readingTag && tagStep(each)) {
            return;
        }
        if (escapeClosed && each == '\'') {
            state = State.ESCAPED;
            return;
        }
        escapeClosed = false;
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
            shape.endWord();
            return;
        }
        if (each == '\\' && (codeStart >= 0 || overlong)) {
            interrupt();
        }
        shape.code(each);
        if (codeStart < 0 && !isSpace(each)) {
            codeStart = held.size() - 1;
            if (each == '\\') {
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
            case ';' -> {
                if (shape.isClosed()) {
                    endStatement();
                }
            }
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
                masked = true;
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
            escapeClosed = true;
        }
    }

    private boolean isEscapeString() {
        return (previous == 'E' || previous == 'e') && !isNamePart(beforePrevious);
    }

    private void endStatement() throws IOException {
        if (!overlong && CopyStatement.isFromStdin(held.toByteArray(), codeStart)) {
            state = State.COPY_HEAD;
            return;
        }
        byte[] text = held.toByteArray();
        int start = codeStart;
        begin();
        if (overlong) {
            overlong = false;
            visitor.other(text, 0, text.length);
        } else {
            visitor.statement(text, start);
        }
    }

    /** A backslash in the middle of a statement: psql sends what stands before it, or throws it away. */
    private void interrupt() throws IOException {
        byte[] text = held.toByteArray();
        int start = codeStart;
        begin();
        held.write(text[text.length - 1]);
        if (overlong) {
            overlong = false;
            visitor.other(text, 0, text.length - 1);
        } else {
            visitor.statement(Arrays.copyOf(text, text.length - 1), start);
        }
    }

    private void endMeta() throws IOException {
        byte[] text = held.toByteArray();
        int start = codeStart;
        begin();
        state = State.CODE;
        visitor.metaCommand(text, start);
    }

    private void startCopy() throws IOException {
        byte[] text = held.toByteArray();
        int start = codeStart;
        begin();
        visitor.copyStart(text, start);
        rows = new CopyRows(visitor);
    }

    /** Whatever comes next is a new statement. */
    private void begin() {
        held.reset();
        codeStart = -1;
        shape.reset();
    }

    private static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t' || each == '\f';
    }

    static boolean isNamePart(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || each == '_'
                || each == '$'
                || each < 0;
    }
}
