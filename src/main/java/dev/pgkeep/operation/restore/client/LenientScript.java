package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.dump.ScriptSettings;
import dev.pgkeep.postgres.dump.ScriptVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends definitions in one transaction, each statement behind a savepoint of its own, so that one that fails leaves the
 * others whole. What fails is tried again: at once with the search path of the database, where functions look for
 * others by it; then once more when everything else is there; keys and checks that the rows do not keep at last without
 * looking at the rows. What fails then is a {@link RefusedStatement}, and the caller decides whether it can do without.
 *
 * <p>Rows are sent as they are: one that fails fails the script.
 */
public final class LenientScript implements ScriptVisitor, ScriptSettings {
    /** The most statements that are kept for another try; a script that fails more often fails. */
    private static final int MOST_FAILURES = 1000;

    private static final String MARK = "pgkeep_statement";
    private static final Pattern PATH =
            Pattern.compile("SET search_path\\b.*|SELECT pg_catalog\\.set_config\\('search_path'.*", Pattern.DOTALL);
    private static final Pattern TRANSACTION = Pattern.compile(
            "(?:BEGIN|COMMIT|END|ROLLBACK|ABORT|START)(?:\\s+(?:TRANSACTION|WORK)\\b.*)?\\s*;?\\s*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern TIMEOUT = Pattern.compile("SET (?:lock|transaction)_timeout\\b.*", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("^-- TOC entry (\\d+) \\(class", Pattern.MULTILINE);
    private static final Pattern CHECKABLE = Pattern.compile(
            "ALTER (?:FOREIGN )?(?:TABLE|DOMAIN) .*\\bADD CONSTRAINT .*\\b(?:FOREIGN KEY|CHECK)\\b.*;\\s*",
            Pattern.DOTALL);

    /** What functions that are looked for by the search path end in: something is not there. */
    private static final Set<String> NOT_FOUND = Set.of("42883", "42P01", "42704", "3F000", "42703");
    /** Rows that a foreign key or a check refuses. */
    private static final Set<String> NOT_KEPT = Set.of("23503", "23514");

    /** A statement that failed and may be tried again. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pending(Optional<Integer> entry, byte[] text, int codeStart, String path, PgkeepException failure) {}

    private final ScriptSender sender;
    private final String databasePath;
    private final List<Pending> pending = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<Integer> entry = Optional.empty();
    private String path = "SELECT pg_catalog.set_config('search_path', '', false)";

    /**
     * A script in a transaction that the caller has begun.
     *
     * @param databasePath the search path that sessions of the database have
     */
    public LenientScript(ScriptSender sender, String databasePath) {
        this.sender = sender;
        this.databasePath = databasePath;
    }

    /** The things that went only in another way than the script says, one line each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Tries once more what failed, when everything else has been sent.
     *
     * @return what still fails, in the order of the script
     */
    public List<RefusedStatement> finish() {
        List<RefusedStatement> refused = new ArrayList<>();
        for (Pending each : List.copyOf(pending)) {
            again(each).ifPresent(refused::add);
        }
        pending.clear();
        return refused;
    }

    private Optional<RefusedStatement> again(Pending each) {
        sender.run(each.path());
        PgkeepException failure = each.failure();
        for (Try way : ways(each)) {
            Optional<PgkeepException> failed = attempt(way);
            if (failed.isEmpty()) {
                way.note().ifPresent(notes::add);
                return Optional.empty();
            }
            failure = failed.get();
        }
        return Optional.of(new RefusedStatement(each.entry(), code(each.text(), each.codeStart()), failure));
    }

    /** One way to run a statement. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Try(byte[] text, int codeStart, Optional<String> under, Optional<String> note) {}

    private List<Try> ways(Pending each) {
        List<Try> ways = new ArrayList<>();
        ways.add(new Try(each.text(), each.codeStart(), Optional.empty(), Optional.empty()));
        ways.add(withDatabasePath(each.text(), each.codeStart()));
        String code = code(each.text(), each.codeStart());
        if (NOT_KEPT.contains(RefusedStatement.state(each.failure()))
                && CHECKABLE.matcher(code).matches()) {
            String unchecked = code.strip().replaceFirst(";$", " NOT VALID;");
            ways.add(new Try(
                    unchecked.getBytes(StandardCharsets.UTF_8),
                    0,
                    Optional.empty(),
                    Optional.of("rows do not keep it, so it is not valid: " + RefusedStatement.beginning(code))));
        }
        return ways;
    }

    private Try withDatabasePath(byte[] text, int codeStart) {
        return new Try(
                text,
                codeStart,
                Optional.of(
                        "SELECT pg_catalog.set_config('search_path', '" + databasePath.replace("'", "''") + "', true)"),
                Optional.of("made with the search path of the database: "
                        + RefusedStatement.beginning(code(text, codeStart))));
    }

    private Optional<PgkeepException> attempt(Try way) {
        sender.run("SAVEPOINT " + MARK);
        try {
            way.under().ifPresent(sender::run);
            sender.statement(way.text(), way.codeStart());
            if (way.under().isPresent()) {
                sender.run(path);
            }
            sender.run("RELEASE SAVEPOINT " + MARK);
            return Optional.empty();
        } catch (PgkeepException e) {
            if (!isServers(e)) {
                throw e;
            }
            sender.run("ROLLBACK TO SAVEPOINT " + MARK);
            return Optional.of(e);
        }
    }

    @Override
    public boolean statement(byte[] text, int codeStart) {
        mark(text, codeStart);
        String code = code(text, codeStart);
        if (code.startsWith("COPY ")) {
            return sender.statement(text, codeStart);
        }
        if (TRANSACTION.matcher(code).matches() || TIMEOUT.matcher(code).matches()) {
            // Everything is one transaction, which is not the script's; nor is how long others may have to wait.
            return false;
        }
        if (PATH.matcher(code).matches()) {
            path = code;
        }
        Optional<PgkeepException> failure = attempt(new Try(text, codeStart, Optional.empty(), Optional.empty()));
        if (failure.isPresent()) {
            failed(text, codeStart, failure.get());
        }
        return false;
    }

    private void failed(byte[] text, int codeStart, PgkeepException failure) {
        if (failure.getCause() instanceof SQLException cause && EmptyDrop.is(cause, text, codeStart)) {
            return;
        }
        if (code(text, codeStart).startsWith("DROP ")) {
            // What stays would be in the way of all that follows.
            throw failure;
        }
        if (NOT_FOUND.contains(RefusedStatement.state(failure))) {
            Try second = withDatabasePath(text, codeStart);
            if (attempt(second).isEmpty()) {
                second.note().ifPresent(notes::add);
                return;
            }
        }
        if (pending.size() == MOST_FAILURES) {
            throw failure;
        }
        pending.add(new Pending(entry, text, codeStart, path, failure));
    }

    private void mark(byte[] text, int codeStart) {
        Matcher marks = ENTRY.matcher(new String(text, 0, codeStart, StandardCharsets.ISO_8859_1));
        while (marks.find()) {
            entry = Optional.of(Integer.valueOf(marks.group(1)));
        }
    }

    /** Whether the server refused a statement, and goes on to answer others. */
    private static boolean isServers(PgkeepException failure) {
        String state = RefusedStatement.state(failure);
        return !state.isEmpty()
                && !state.startsWith("08")
                && !state.startsWith("57")
                && !state.startsWith("53")
                && !state.startsWith("58")
                && !state.startsWith("XX");
    }

    private static String code(byte[] text, int codeStart) {
        return new String(text, codeStart, text.length - codeStart, StandardCharsets.UTF_8);
    }

    @Override
    public boolean standardStrings() {
        return sender.standardStrings();
    }

    @Override
    public String encoding() {
        return sender.encoding();
    }

    @Override
    public void startsAt(long line) {
        sender.startsAt(line);
    }

    @Override
    public void longStatement(byte[] text, int codeStart) throws IOException {
        mark(text, codeStart);
        sender.longStatement(text, codeStart);
    }

    @Override
    public void more(byte[] bytes, int from, int length) {
        sender.more(bytes, from, length);
    }

    @Override
    public void longEnd() {
        sender.longEnd();
    }

    @Override
    public void other(byte[] bytes, int from, int length) {
        sender.other(bytes, from, length);
    }

    @Override
    public void end(byte[] text, int codeStart) {
        if (codeStart < text.length) {
            statement(text, codeStart);
        }
    }

    @Override
    public void metaCommand(byte[] text, int codeStart) {
        sender.metaCommand(text, codeStart);
    }

    @Override
    public void strayBehindCopy() {
        sender.strayBehindCopy();
    }

    @Override
    public void copyData(byte[] bytes, int from, int length) {
        sender.copyData(bytes, from, length);
    }

    @Override
    public void copyEnd(long rows, byte[] terminator) {
        sender.copyEnd(rows, terminator);
    }
}
