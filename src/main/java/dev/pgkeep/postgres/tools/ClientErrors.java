package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.secret.Redaction;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a client program said into an error that helps. No password gets through. */
public final class ClientErrors {
    private static final int LONGEST_MESSAGE = 400;
    private static final Pattern ERROR_LINE =
            Pattern.compile("(?i)^(?:\\S*(?:pg_dump|pg_restore|pg_dumpall|psql)\\S*: )?.*?\\b(?:error|fatal|panic):");
    private static final Pattern PREFIX = Pattern.compile(
            "^(?:\\S*(?:pg_dumpall|pg_dump|pg_restore|psql)(?:\\.exe)?: )?(?:\\S+:\\d+: )?(?:(?i:error|fatal): +)*");
    private static final Pattern RELATION = Pattern.compile("LOCK TABLE ((?:\"(?:[^\"]|\"\")*\"|[^\\s,;\"])+) IN ");

    private ClientErrors() {}

    /**
     * The error of a run that ended with a status other than 0.
     *
     * @param tool which program ran
     * @param fallback the code when the output is not understood, for instance DUMP_FAILED
     */
    public static PgkeepException translate(Tool tool, ClientResult result, ErrorCode fallback) {
        return translate(tool.text(), result.status(), result.stderrTail(), fallback);
    }

    /** The text of a line of stderr, without passwords and without the name of the program; for logs and notes. */
    public static String clean(String line) {
        String text = Redaction.redact(PREFIX.matcher(line.strip()).replaceFirst(""));
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** Whether a line of stderr reports an error, rather than progress, a warning or a detail. */
    public static boolean isError(String line) {
        return ERROR_LINE.matcher(line).find();
    }

    private static PgkeepException translate(String tool, int status, List<String> stderr, ErrorCode fallback) {
        var explained = Symptom.explain(stderr);
        if (explained.isPresent()) {
            Symptom symptom = explained.get().symptom();
            ErrorCode code = symptom.code() == null ? fallback : symptom.code();
            String message = tool + ": " + clean(explained.get().line()) + lockedTable(code, stderr);
            return new PgkeepException(code, message, symptom.hint());
        }
        if (stderr.isEmpty()) {
            return new PgkeepException(
                    fallback,
                    tool + " ended with status " + status + " and said nothing" + signal(status),
                    "run it again with -v, and look into the server's log");
        }
        String line = stderr.stream().filter(ClientErrors::isError).findFirst().orElseGet(stderr::getLast);
        return new PgkeepException(
                fallback, tool + ": " + clean(line), "run it again with -v to see everything it says");
    }

    /**
     * The table that could not be locked: it stands in the next line, with the statement; of several it does not say.
     */
    private static String lockedTable(ErrorCode code, List<String> stderr) {
        if (code != ErrorCode.LOCK_BUSY) {
            return "";
        }
        return stderr.stream()
                .map(RELATION::matcher)
                .filter(Matcher::find)
                .map(matcher -> " (locking " + matcher.group(1) + ")")
                .findFirst()
                .orElse("");
    }

    private static String signal(int status) {
        return status == 137 ? " (killed, perhaps for lack of memory)" : status > 128 ? " (ended by a signal)" : "";
    }
}
