package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Visible;
import dev.pgkeep.format.manifest.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts tables and rows of a script while it streams by, and hands everything on to another visitor if there is one.
 */
final class DumpScan implements ScriptVisitor {
    private static final int BUFFER = 1 << 17;
    private static final int SHORTEST_FRAME = 20;
    /** The bytes of a statement that tell what it is. */
    private static final int HEAD = 256;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final Pattern SERVER = Pattern.compile("-- Dumped from database version (\\S+)");
    private static final Pattern DUMP = Pattern.compile("-- Dumped by pg_dump version (\\S+)");
    private static final Pattern FRAME =
            Pattern.compile("(?m)^-- PostgreSQL database (cluster )?dump( complete)?\\s*?$");

    private final ScriptRows rows = new ScriptRows();
    private final SearchPath path = new SearchPath();
    private final ToldSettings told;
    private final ScriptSettings settings;
    private final SqlScanner scanner;
    private final @Nullable ScriptVisitor next;
    /** Headers without their footers; a script of pg_dumpall holds those of its databases within its own. */
    private int open;

    /** Lines that have passed; what is being looked at begins behind them. */
    private long lines;

    private int copies;
    private boolean empty = true;
    private boolean whole;
    private long bytes;
    private @Nullable String serverVersion;
    private @Nullable String dumpVersion;
    private @Nullable CopyStatement copy;
    private String longHead = "";
    private Optional<TableName> longTable = Optional.empty();

    /** A scan that believes what the script says of its settings. */
    DumpScan(@Nullable ScriptVisitor next) {
        this(next, null);
    }

    /** @param settings those of the server that the script goes to; null to believe the script */
    DumpScan(@Nullable ScriptVisitor next, @Nullable ScriptSettings settings) {
        this.next = next;
        this.told = settings instanceof ToldSettings given ? given : new ToldSettings();
        this.settings = settings == null ? told : settings;
        this.scanner = new SqlScanner(this, this.settings);
    }

    /** The settings of the session at this moment, as far as they are known. */
    ScriptSettings settings() {
        return settings;
    }

    /** Reads the script to its end. */
    void read(InputStream script, LongConsumer onBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int length = start(script, buffer); length >= 0; length = script.read(buffer)) {
            scanner.feed(buffer, 0, length);
            bytes += length;
            onBytes.accept(bytes);
        }
        whole = scanner.finish();
    }

    /** The first bytes, without the mark of UTF-8 that editors put there: to the server it would be an error. */
    private static int start(InputStream script, byte[] buffer) throws IOException {
        int length = script.readNBytes(buffer, 0, BYTE_ORDER_MARK.length);
        return Arrays.equals(Arrays.copyOf(buffer, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)
                ? script.read(buffer)
                : length == 0 ? -1 : length;
    }

    /** The reason why the script is not whole; empty when it is, as far as a script can tell. */
    Optional<String> missingEnd() {
        if (copy != null) {
            return Optional.of("it ends in the middle of the rows of " + copy.table());
        }
        if (!whole) {
            return Optional.of("it ends in the middle of a statement");
        }
        if (rows.endsInTransaction()) {
            return Optional.of("it ends inside a transaction: its COMMIT is missing");
        }
        if (open > 0) {
            return Optional.of("its closing line is missing");
        }
        return empty ? Optional.of("there is no statement in it") : Optional.empty();
    }

    /** COPY statements whose rows came to their end. */
    int copies() {
        return copies;
    }

    DumpContents contents() {
        return new DumpContents(
                rows.copied(),
                rows.all(),
                rows.uncounted(),
                rows.created(),
                rows.inserts(),
                rows.makesNothing(),
                bytes,
                Optional.ofNullable(serverVersion),
                Optional.ofNullable(dumpVersion));
    }

    @Override
    public boolean statement(byte[] text, int codeStart) throws IOException {
        examine(text, codeStart);
        Charset charset = charset();
        Optional<CopyStatement> written = CopyStatement.parse(text, codeStart, charset, settings.standardStrings());
        tell(text, codeStart);
        boolean follow = next == null ? written.isPresent() : next.statement(text, codeStart);
        if (!follow && written.isPresent()) {
            throw refused(text, codeStart, "the server does not take the rows that follow");
        }
        if (follow) {
            copy = written.orElseGet(() -> new CopyStatement(new TableName("", "?"), List.of(), false));
        } else {
            String head = head(text, codeStart);
            path.follow(head);
            rows.statement(
                    head, CopyStatement.insertTable(text, codeStart, charset).map(path::place), scanner.insertedRows());
            rows.created(CopyStatement.createdTable(text, codeStart, charset).map(path::place));
            told.follow(head);
        }
        count(text, 0, text.length);
        return follow;
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        if (CopyStatement.isCopy(text, codeStart)) {
            throw refused(text, codeStart, "a COPY of more than a megabyte, which no dump has");
        }
        examine(text, codeStart);
        tell(text, codeStart);
        longHead = head(text, codeStart);
        longTable = CopyStatement.insertTable(text, codeStart, charset()).map(path::place);
        rows.created(CopyStatement.createdTable(text, codeStart, charset()).map(path::place));
        count(text, 0, text.length);
        if (next != null) {
            next.longStatement(text, codeStart);
        }
    }

    @Override
    public void more(byte[] some, int from, int length) throws IOException {
        refuseZero(some, from, length);
        count(some, from, length);
        if (next != null) {
            next.more(some, from, length);
        }
    }

    @Override
    public void longEnd() throws IOException {
        rows.statement(longHead, longTable, scanner.insertedRows());
        if (next != null) {
            next.longEnd();
        }
    }

    @Override
    public void other(byte[] some, int from, int length) throws IOException {
        count(some, from, length);
        if (next != null) {
            next.startsAt(lines + 1);
            next.other(some, from, length);
        }
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) throws IOException {
        ScriptRules.foreignCommand(text, codeStart).ifPresent(word -> {
            throw refused(text, codeStart, word + " is a command for psql, which no dump has");
        });
        count(text, 0, text.length);
        comments(text, codeStart);
        if (next != null) {
            next.metaCommand(text, codeStart);
        }
    }

    @Override
    public void strayBehindCopy() {
        throw refused(new byte[0], 0, "something stands behind COPY … FROM stdin; on its line, which no dump has");
    }

    @Override
    public void end(byte[] text, int codeStart) throws IOException {
        examine(text, codeStart);
        if (codeStart < text.length) {
            rows.statement(
                    head(text, codeStart),
                    CopyStatement.insertTable(text, codeStart, charset()).map(path::place),
                    scanner.insertedRows());
        }
        tell(text, codeStart);
        if (next != null) {
            next.end(text, codeStart);
        }
    }

    @Override
    public void copyData(byte[] some, int from, int length) throws IOException {
        if (next != null) {
            next.copyData(some, from, length);
        }
    }

    @Override
    public void copyEnd(long count, byte[] terminator) throws IOException {
        lines += count + 1;
        CopyStatement ended = copy;
        if (ended != null) {
            rows.copy(path.place(ended.table()), count, ended.rowPerLine());
            copies++;
            copy = null;
        }
        if (next != null) {
            next.copyEnd(count, terminator);
        }
    }

    /** Refuses what no dump has, and reads the comments before a statement. */
    private void examine(byte[] text, int codeStart) {
        if (CopyStatement.runsProgram(text, codeStart, charset(), settings.standardStrings())) {
            throw refused(text, codeStart, "it has the server run a program (COPY … PROGRAM), which no dump does");
        }
        refuseZero(text, 0, text.length);
        String head = head(text, codeStart);
        // A word with nothing behind it may be the half of one: the script was cut off there.
        boolean wholeWord = head.chars().anyMatch(Character::isWhitespace) || head.endsWith(";");
        if (wholeWord && !SqlCommands.begin(head)) {
            throw refused(
                    text,
                    codeStart,
                    "no statement of PostgreSQL's begins with " + firstLine(head),
                    "if a program said that while the script was written (2>&1), take the line out; a script of another"
                            + " system cannot be restored");
        }
        comments(text, codeStart);
    }

    private static String firstLine(String head) {
        return "\"" + Visible.line(head.lines().findFirst().orElse("").strip()) + "\"";
    }

    private void refuseZero(byte[] some, int from, int length) {
        for (int at = from; at < from + length; at++) {
            if (some[at] == 0) {
                throw refused(some, at, "a zero byte, which no SQL has: the file is damaged, or not SQL in plain text");
            }
        }
    }

    private void tell(byte[] text, int codeStart) {
        if (next != null) {
            long line = lines + 1;
            for (int at = 0; at < codeStart; at++) {
                line += text[at] == '\n' ? 1 : 0;
            }
            next.startsAt(line);
        }
    }

    private Charset charset() {
        return ClientEncoding.charset(settings.encoding());
    }

    private PgkeepException refused(byte[] text, int codeStart, String why) {
        return refused(
                text,
                codeStart,
                why,
                "look at that line; if you trust the script, take the line out, or run it yourself with psql -f");
    }

    private PgkeepException refused(byte[] text, int codeStart, String why, String hint) {
        count(text, 0, codeStart);
        return new PgkeepException(ErrorCode.SCRIPT_REFUSED, "line " + (lines + 1) + ": " + why, hint);
    }

    private void count(byte[] some, int from, int length) {
        for (int at = from; at < from + length; at++) {
            lines += some[at] == '\n' ? 1 : 0;
        }
    }

    /** Reads what stands before a statement, and after the last one: headers and footers are in comments. */
    private void comments(byte[] text, int end) {
        empty &= end == text.length;
        if (end < SHORTEST_FRAME) {
            return;
        }
        String comment = new String(text, 0, end, StandardCharsets.UTF_8);
        for (Matcher frame = FRAME.matcher(comment); frame.find(); ) {
            open += frame.group(2) == null ? 1 : -1;
        }
        if (serverVersion == null) {
            serverVersion = find(SERVER, comment);
            dumpVersion = find(DUMP, comment);
        }
    }

    private static @Nullable String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String head(byte[] text, int from) {
        return new String(text, from, Math.min(HEAD, text.length - from), StandardCharsets.UTF_8);
    }
}
