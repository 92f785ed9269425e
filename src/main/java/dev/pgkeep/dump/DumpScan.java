package dev.pgkeep.dump;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
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
    private static final Pattern SERVER = Pattern.compile("-- Dumped from database version (\\S+)");
    private static final Pattern DUMP = Pattern.compile("-- Dumped by pg_dump version (\\S+)");
    private static final Pattern FRAME =
            Pattern.compile("(?m)^-- PostgreSQL database (cluster )?dump( complete)?\\s*?$");

    private final TreeMap<TableName, Long> rows = new TreeMap<>();
    private final @Nullable ScriptVisitor next;
    private Charset charset = StandardCharsets.UTF_8;
    /** Headers without their footers; a script of pg_dumpall holds those of its databases within its own. */
    private int open;

    /** Lines that have passed; what is being looked at begins behind them. */
    private long lines;

    private int copies;
    private boolean inserts;
    private boolean empty = true;
    private boolean whole;
    private long bytes;
    private @Nullable String serverVersion;
    private @Nullable String dumpVersion;
    private @Nullable CopyStatement copy;

    DumpScan(@Nullable ScriptVisitor next) {
        this.next = next;
    }

    /** Reads the script to its end. */
    void read(InputStream script, LongConsumer onBytes) throws IOException {
        SqlScanner scanner = new SqlScanner(this);
        byte[] buffer = new byte[BUFFER];
        for (int length = script.read(buffer); length >= 0; length = script.read(buffer)) {
            scanner.feed(buffer, 0, length);
            bytes += length;
            onBytes.accept(bytes);
        }
        whole = scanner.finish();
    }

    /** Why the script is not whole; empty when it is, as far as a script can tell. */
    Optional<String> missingEnd() {
        if (copy != null) {
            return Optional.of("it ends in the middle of the rows of " + copy.table());
        }
        if (!whole) {
            return Optional.of("it ends in the middle of a statement");
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
                rows, inserts, bytes, Optional.ofNullable(serverVersion), Optional.ofNullable(dumpVersion));
    }

    @Override
    public void statement(byte[] text, int codeStart) throws IOException {
        allow(text, codeStart);
        comments(text, codeStart);
        String start = head(text, codeStart);
        if (start.startsWith("INSERT INTO ")) {
            inserts = true;
        } else if (start.startsWith("SET client_encoding")) {
            charset = ClientEncoding.of(start).orElse(charset);
        }
        if (next != null) {
            next.statement(text, codeStart);
        }
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        allow(text, codeStart);
        comments(text, codeStart);
        inserts |= head(text, codeStart).startsWith("INSERT INTO ");
        if (next != null) {
            next.longStatement(text, codeStart);
        }
    }

    @Override
    public void other(byte[] some, int from, int length) throws IOException {
        count(some, from, length);
        if (next != null) {
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
    public void end(byte[] text, int codeStart) throws IOException {
        allow(text, codeStart);
        comments(text, codeStart);
        if (next != null) {
            next.end(text, codeStart);
        }
    }

    @Override
    public void copyStart(byte[] text, int codeStart) throws IOException {
        count(text, 0, text.length);
        comments(text, codeStart);
        copy = CopyStatement.parse(text, codeStart, charset)
                .orElseThrow(() -> new IOException("cannot understand " + head(text, codeStart)));
        if (next != null) {
            next.copyStart(text, codeStart);
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
        if (copy != null) {
            rows.merge(copy.table(), count, Long::sum);
            copies++;
            copy = null;
        }
        if (next != null) {
            next.copyEnd(count, terminator);
        }
    }

    private void allow(byte[] text, int codeStart) {
        if (ScriptRules.runsProgram(text, codeStart)) {
            throw refused(text, codeStart, "it has the server run a program (COPY … PROGRAM), which no dump does");
        }
        count(text, 0, text.length);
    }

    private PgkeepException refused(byte[] text, int codeStart, String why) {
        count(text, 0, codeStart);
        return new PgkeepException(
                ErrorCode.SCRIPT_REFUSED,
                "line " + (lines + 1) + ": " + why,
                "look at that line; if you trust the script, take the line out, or run it yourself with psql -f");
    }

    private void count(byte[] some, int from, int length) {
        for (int at = from; at < from + length; at++) {
            lines += some[at] == '\n' ? 1 : 0;
        }
    }

    /** What stands before a statement, and after the last one: headers and footers are in comments. */
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
        return new String(text, from, Math.min(120, text.length - from), StandardCharsets.UTF_8);
    }
}
