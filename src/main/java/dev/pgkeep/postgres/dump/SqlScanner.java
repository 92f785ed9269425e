package dev.pgkeep.postgres.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes a script apart as the server would read it: statements, lines that begin with a backslash (which are psql's),
 * and the rows that follow a {@code COPY … FROM stdin;} up to {@code \.}. Whether rows follow, the visitor says. Memory
 * is bounded by {@link #LONGEST}: a longer statement (an INSERT with a huge value, say) is passed on in pieces, and
 * rows always are.
 *
 * <p>What it must know of SQL is only where a statement ends: quotes, dollar quotes, comments, parentheses and the
 * bodies of functions. The settings that change how quotes are read are looked up anew behind every statement.
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
    private final ScriptSettings settings;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(8192);
    private State state = State.CODE;
    /** The position in {@code held} where the statement's first word begins; -1 before it. */
    private int codeStart = -1;
    /** A piece of this statement has been passed on already, because it was too long to keep. */
    private boolean overlong;

    private int depth;
    private byte previous = '\n';
    private final DollarQuote dollar = new DollarQuote();
    private boolean afterBackslash;
    /** The last byte closed something, and must not open or close anything together with the next one. */
    private boolean masked;

    private final WordShape word = new WordShape();
    private final StringShape strings = new StringShape();
    private final StatementShape shape = new StatementShape();
    private final InsertShape inserts = new InsertShape();
    private @Nullable CopyRows rows;

    private String encoding = "";
    private CharacterWidth width = CharacterWidth.SAFE;
    private boolean standardStrings = true;
    /** Bytes of a character that are still to come; they are no code, whatever they look like. */
    private int following;

    private boolean secondByte;

    SqlScanner(ScriptVisitor visitor, ScriptSettings settings) {
        this.visitor = visitor;
        this.settings = settings;
        lookAtSettings();
    }

    /** The number of rows that the statement inserts which is just passed on; empty when its text does not tell. */
    OptionalLong insertedRows() {
        return inserts.rows();
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
        inserts.end();
        byte[] rest = held.toByteArray();
        held.reset();
        if (overlong) {
            visitor.more(rest, 0, rest.length);
            if (whole) {
                visitor.longEnd();
            }
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
            byte read = width == CharacterWidth.SAFE ? each : whole(each);
            step(read, each);
            previous = masked ? (byte) ' ' : read;
            masked = false;
            if (held.size() >= LONGEST && rows == null && !maybeComment(each)) {
                passOnLong();
            }
        }
        return at;
    }

    /** The byte as it is to be read: later bytes of a character are no code. */
    private byte whole(byte each) {
        if (following == 0) {
            following = width.following(each);
            secondByte = true;
            return each;
        }
        following--;
        if (secondByte) {
            following += width.more(each);
            secondByte = false;
        }
        return (byte) 0xff;
    }

    /** A comment must not be cut between its first two bytes: whether code begins there depends on both. */
    private boolean maybeComment(byte each) {
        return state == State.CODE && (each == '-' || each == '/');
    }

    private void passOnLong() throws IOException {
        byte[] text = held.toByteArray();
        held.reset();
        if (overlong) {
            visitor.more(text, 0, text.length);
        } else if (codeStart < 0) {
            visitor.other(text, 0, text.length);
        } else {
            overlong = true;
            visitor.longStatement(text, codeStart);
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
        lookAtSettings();
        return at;
    }

    private void step(byte each, byte real) throws IOException {
        switch (state) {
            case CODE -> inCode(each, real);
            case LINE_COMMENT -> {
                if (each == '\n' || each == '\r') {
                    strings.lineEnd();
                    state = State.CODE;
                }
            }
            case BLOCK_COMMENT -> inBlockComment(each);
            case SINGLE -> {
                if (each == '\'') {
                    strings.close(false);
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
                if (dollar.closes(real)) {
                    state = State.CODE;
                    masked = true;
                }
            }
            case META -> {
                if (each == '\n') {
                    endMeta();
                }
            }
            case COPY_HEAD -> behindCopy(each);
        }
    }

    private void inCode(byte each, byte real) throws IOException {
        if (dollar.isOpening() && inTag(each, real)) {
            return;
        }
        if (each == '-' && previous == '-') {
            comment(State.LINE_COMMENT);
            strings.lineComment();
            return;
        }
        if (each == '*' && previous == '/') {
            comment(State.BLOCK_COMMENT);
            depth = 1;
            masked = true;
            return;
        }
        if (each == '\\' && (codeStart >= 0 || overlong)) {
            interrupt();
        }
        shape.code(each);
        inserts.code(each);
        if (codeStart < 0 && !SqlBytes.isSpace(each)) {
            codeStart = held.size() - 1;
            if (each == '\\') {
                state = State.META;
                return;
            }
        }
        switch (each) {
            case '\'' ->
                state = strings.open(word.isOneLetter() ? previous : ' ', standardStrings)
                        ? State.ESCAPED
                        : State.SINGLE;
            case '"' -> {
                strings.forget();
                state = State.DOUBLE;
            }
            case ';' -> {
                if (shape.isClosed()) {
                    endStatement();
                }
            }
            default -> strings.code(each);
        }
        if (each == '$' && !word.isIdentifier()) {
            word.end();
            dollar.begin();
        } else {
            word.take(each);
        }
    }

    /** Whether a byte belongs to a tag; what turns out to be none was a dollar sign and a name. */
    private boolean inTag(byte each, byte real) {
        if (!dollar.takes(each, real)) {
            shape.endWord();
            for (byte taken : dollar.taken()) {
                shape.code(taken);
                inserts.code(taken);
            }
            return false;
        }
        if (dollar.isOpening()) {
            word.take(each);
        } else {
            word.end();
            shape.endWord();
            inserts.endWord();
            state = State.DOLLAR;
        }
        return true;
    }

    private void comment(State kind) {
        // In the middle of a statement that comes in pieces a comment may stand where a piece begins.
        if (!overlong && codeStart == held.size() - 2) {
            codeStart = -1;
        }
        state = kind;
        word.end();
        shape.endWord();
        inserts.endWord();
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
            strings.close(true);
            state = State.CODE;
        }
    }

    private void endStatement() throws IOException {
        inserts.end();
        if (overlong) {
            byte[] text = held.toByteArray();
            begin();
            overlong = false;
            visitor.more(text, 0, text.length);
            visitor.longEnd();
        } else {
            byte[] text = held.toByteArray();
            int start = codeStart;
            begin();
            if (visitor.statement(text, start)) {
                state = State.COPY_HEAD;
            }
        }
        lookAtSettings();
    }

    /** A backslash in the middle of a statement: psql sends what stands before it, or throws it away. */
    private void interrupt() throws IOException {
        inserts.end();
        byte[] text = held.toByteArray();
        int start = codeStart;
        begin();
        held.write(text[text.length - 1]);
        if (overlong) {
            overlong = false;
            visitor.more(text, 0, text.length - 1);
            visitor.longEnd();
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

    /** Rows begin in the next line. */
    private void behindCopy(byte each) throws IOException {
        if (each == '\n') {
            byte[] text = held.toByteArray();
            begin();
            visitor.other(text, 0, text.length);
            rows = new CopyRows(visitor);
        } else if (!SqlBytes.isSpace(each)) {
            visitor.strayBehindCopy();
        }
    }

    /** Whatever comes next is a new statement. */
    private void begin() {
        held.reset();
        codeStart = -1;
        shape.reset();
        strings.forget();
    }

    private void lookAtSettings() {
        standardStrings = settings.standardStrings();
        if (!settings.encoding().equals(encoding)) {
            encoding = settings.encoding();
            width = CharacterWidth.of(encoding);
        }
        following = 0;
    }
}
