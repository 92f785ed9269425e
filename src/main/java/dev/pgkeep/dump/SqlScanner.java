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

    private final ScriptVisitor visitor;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(8192);
    private State state = State.CODE;
    /** Where in {@code held} the statement's first word begins; -1 before it. */
    private int codeStart = -1;
    /** A piece of this statement has been passed on already, because it was too long to keep. */
    private boolean overlong;

    private int depth;
    private byte previous = '\n';
    private byte beforePrevious = '\n';
    private final DollarQuote dollar = new DollarQuote();
    private boolean afterBackslash;
    /** The last byte closed something, and must not open or close anything together with the next one. */
    private boolean masked;

    /** The last byte closed an escape string, which goes on when the next one is a quote too. */
    private boolean escapeClosed;

    private final StatementShape shape = new StatementShape();
    private @Nullable CopyRows rows;

    SqlScanner(ScriptVisitor visitor) {
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
            case DOLLAR -> {
                if (dollar.closes(each)) {
                    state = State.CODE;
                    masked = true;
                }
            }
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
        if (dollar.isOpening() && dollar.takes(each)) {
            state = dollar.isOpening() ? State.CODE : State.DOLLAR;
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
        if (codeStart < 0 && !SqlBytes.isSpace(each)) {
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
                if (!SqlBytes.isNamePart(previous)) {
                    dollar.begin();
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
        return (previous == 'E' || previous == 'e') && !SqlBytes.isNamePart(beforePrevious);
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
}
