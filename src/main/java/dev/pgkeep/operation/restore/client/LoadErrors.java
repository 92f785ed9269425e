package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.tools.ClientErrors;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the errors of pg_restore that matter from the few that are known to do no harm. An error comes as two lines:
 * what the server said, and {@code Command was: …}, so a verdict waits for the second one where the first does not
 * decide.
 *
 * <p>The processes of a parallel pg_restore share one stderr, and each writes a line in pieces: the program's name, the
 * severity, the text. Pieces of several lines may mix, but a text stays whole. So a line is known by its text, and what
 * stands before it counts only where the text says nothing.
 */
final class LoadErrors {
    /** A newer pg_restore sets parameters that an older server does not have; the dump does not depend on them. */
    private static final Pattern UNKNOWN_SETTING = Pattern.compile("unrecognized configuration parameter \"([^\"]+)\"");
    /** Every database has them already. */
    private static final Pattern PRESENT =
            Pattern.compile("(schema \"public\" already exists|extension \"plpgsql\" already exists)");
    /** Comments on what belongs to the superuser; the comment is there already. */
    private static final Pattern NOT_OURS = Pattern.compile("must be owner of (extension \\S+|schema public)");

    /** The errors that say which entry they are of, in a line before them. */
    private static final Pattern ENTRY = Pattern.compile("from TOC entry (\\d+); ");

    /** What a server said to a statement of an entry, or to its rows. */
    private static final Pattern OF_AN_ENTRY =
            Pattern.compile("^(?:could not execute query: |COPY failed for table |error returned by PQ)");

    /** The tablespace that nobody can choose any more: what lies in it is made in the default one. */
    private static final Pattern TABLESPACE = Pattern.compile("^could not set default_tablespace to (.*?): ");

    /** What no second try mends, in whatever state it finds the database. */
    private static final Pattern FINAL = Pattern.compile(
            "\\b(?:FATAL|PANIC): {2}"
                    + "|permission denied for (?!tablespace )|must be (?:owner|superuser|member|able to)|syntax error at "
                    + "|already exists|role \"[^\"]*\" does not exist|extension control file|is not available"
                    + "|could not access file|could not load library|out of memory|out of shared memory|unrecognized "
                    + "|row-level security policy|read-only transaction|canceling statement|connection to server|not supported");

    /** The words that stand before the text, once or, where lines were mixed, several times. */
    private static final Pattern PIECES =
            Pattern.compile("^\\s*(?:(?:\\S*pg_restore(?:\\.exe)?|error|warning|detail|hint):\\s*)+");
    /**
     * The lines that report an error: the program says so first, or the text is the server's. Anything else may be the
     * rest of a name that has a line break in it. What is missed here is missed in the count at the end, too, and fails
     * there.
     */
    private static final Pattern ERROR =
            Pattern.compile("^\\s*(?:(?:\\S*pg_restore(?:\\.exe)?|warning|detail|hint):\\s*)*"
                    + "(?:error:|.*\\b(?:ERROR|FATAL|PANIC): {2})");

    /** The texts of progress, as --verbose has them. */
    private static final Pattern PROGRESS =
            Pattern.compile("^(?:(?:launching|finished|skipping) item|processing |creating "
                    + "|executing |connecting to |setting owner|entering |finished main|implied data-only|item \\d"
                    + "|disabling |enabling |dropping |reading |allocating |restored |restoring |started |read TOC "
                    + "|while (?:INITIALIZING|PROCESSING|FINALIZING)|from TOC entry |table \".*\" could not be created"
                    + "|reducing dependencies|transferring dependency|committing |no item ready)");

    /** The last line of a run that came to its end in spite of errors. */
    private static final Pattern IGNORED = Pattern.compile("^errors ignored on restore: (\\d+)");

    /** The answer of PgBouncer to the settings that are given to pg_restore along with the connection. */
    private static final String POOLER = "unsupported startup parameter";

    private final Runnable onFailure;
    private final boolean isPatient;
    private final Set<Integer> failed = new TreeSet<>();
    /** The entries that errors were announced of since the last one: of several where processes share a stderr. */
    private final Set<Integer> announced = new HashSet<>();

    private int current;
    private final Set<String> harmless = new LinkedHashSet<>();
    private long seen;
    private OptionalLong counted = OptionalLong.empty();
    private @Nullable String pending;
    private @Nullable PgkeepException failure;

    /** @param isPatient whether a run goes on where a second try of an entry may mend what failed */
    LoadErrors(Runnable onFailure, boolean isPatient) {
        this.onFailure = onFailure;
        this.isPatient = isPatient;
    }

    synchronized void stderr(String line) {
        if (failure != null) {
            return;
        }
        if (pending != null) {
            String error = pending;
            pending = null;
            judge(error, line);
        }
        Matcher entry = ENTRY.matcher(line);
        if (entry.find()) {
            current = Integer.parseInt(entry.group(1));
            announced.add(current);
        }
        String text = PIECES.matcher(line).replaceFirst("");
        if (text.isBlank() || PROGRESS.matcher(text).find()) {
            return;
        }
        Matcher ignored = IGNORED.matcher(text);
        if (ignored.find()) {
            counted = OptionalLong.of(Long.parseLong(ignored.group(1)));
        } else if (ERROR.matcher(line).find()) {
            pending = text;
            if (!mayBeHarmless(text) && !mayBeMended(text)) {
                // The statement that failed may follow, but nothing it says would make this harmless.
                fail(text, "");
            }
        }
    }

    /**
     * Whether a run that ended with a status other than 0 came to its end, and every error that it counted was seen and
     * found harmless.
     */
    synchronized boolean explainFailure() {
        // Where several processes work, rows that were refused count twice: by the process and by the entry.
        return counted.isPresent() && counted.getAsLong() <= seen + failed.size();
    }

    /** Known-harmless errors, and what was left out, one line each. */
    synchronized Set<String> harmless() {
        return harmless;
    }

    /** The entries that want a second try. */
    synchronized Set<Integer> failed() {
        // Announced, and the error itself was not understood: a second try tells.
        failed.addAll(announced);
        return failed;
    }

    synchronized void rethrow() {
        if (pending != null) {
            judge(pending, "");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void judge(String error, String next) {
        Matcher tablespace = TABLESPACE.matcher(error);
        boolean comment = next.contains("COMMENT ON");
        boolean setting = next.contains("SET ");
        boolean present =
                PRESENT.matcher(error).find() || NOT_OURS.matcher(error).find() && comment;
        if (present || UNKNOWN_SETTING.matcher(error).find() && setting) {
            seen++;
            if (present) {
                announced.clear();
            }
            harmless.add("harmless: " + ClientErrors.clean(error));
        } else if (isPatient && tablespace.find()) {
            seen++;
            announced.clear();
            harmless.add("the tablespace " + tablespace.group(1)
                    + " cannot be used here: what was in it lies in the default one");
        } else if (mayBeMended(error)) {
            seen++;
            failed.add(current);
            failed.addAll(announced);
            announced.clear();
        } else {
            fail(error, next);
        }
    }

    private boolean mayBeHarmless(String line) {
        return (isPatient && TABLESPACE.matcher(line).find())
                || UNKNOWN_SETTING.matcher(line).find()
                || PRESENT.matcher(line).find()
                || NOT_OURS.matcher(line).find();
    }

    private boolean mayBeMended(String error) {
        return isPatient
                && current > 0
                && OF_AN_ENTRY.matcher(error).find()
                && !FINAL.matcher(error).find()
                && codeOf(error) == ErrorCode.RESTORE_FAILED;
    }

    private void fail(String error, String next) {
        String command =
                next.startsWith("Command was: ") ? " (" + next.substring(0, Math.min(160, next.length())) + ")" : "";
        failure = new PgkeepException(
                codeOf(error),
                "pg_restore: " + ClientErrors.clean(error) + command,
                error.contains(POOLER)
                        ? "this is a connection pooler; set DIRECT_URL to the server itself"
                        : "the restore was stopped at this error; see above what was done to the target");
        onFailure.run();
    }

    private static ErrorCode codeOf(String error) {
        if (error.contains(POOLER)) {
            return ErrorCode.SERVER_UNSUPPORTED;
        }
        if (error.contains("No space left on device") || error.contains("could not extend file")) {
            return ErrorCode.DISK_FULL;
        }
        if (error.contains("server closed the connection") || error.contains("terminating connection")) {
            return ErrorCode.SERVER_LOST;
        }
        return ErrorCode.RESTORE_FAILED;
    }
}
