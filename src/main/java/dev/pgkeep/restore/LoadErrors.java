package dev.pgkeep.restore;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.tools.ClientErrors;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the errors of pg_restore that matter from the few that are known to do no harm. An error comes as two lines:
 * what the server said, and {@code Command was: …}, so a verdict waits for the second one where the first does not
 * decide.
 */
final class LoadErrors {
    /** A newer pg_restore sets parameters that an older server does not have; the dump does not depend on them. */
    private static final Pattern UNKNOWN_SETTING = Pattern.compile("unrecognized configuration parameter \"([^\"]+)\"");
    /** Every database has them already. */
    private static final Pattern PRESENT =
            Pattern.compile("(schema \"public\" already exists|extension \"plpgsql\" already exists)");
    /** Comments on what belongs to the superuser; the comment is there already. */
    private static final Pattern NOT_OURS = Pattern.compile("must be owner of (extension \\S+|schema public)");

    private final Runnable onFailure;
    private final Set<String> harmless = new LinkedHashSet<>();
    private @Nullable String pending;
    private @Nullable PgkeepException failure;

    LoadErrors(Runnable onFailure) {
        this.onFailure = onFailure;
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
        if (line.contains("errors ignored on restore")) {
            return;
        }
        if (ClientErrors.isError(line)) {
            pending = line;
            if (!mayBeHarmless(line)) {
                // The statement that failed may follow, but nothing it says would make this harmless.
                fail(line, "");
            }
        }
    }

    /** Known-harmless errors, one line each. */
    synchronized Set<String> harmless() {
        return harmless;
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
        boolean comment = next.contains("COMMENT ON");
        boolean setting = next.contains("SET ");
        if (PRESENT.matcher(error).find()
                || (UNKNOWN_SETTING.matcher(error).find() && setting)
                || (NOT_OURS.matcher(error).find() && comment)) {
            harmless.add("harmless: " + ClientErrors.clean(error));
        } else {
            fail(error, next);
        }
    }

    private static boolean mayBeHarmless(String line) {
        return UNKNOWN_SETTING.matcher(line).find()
                || PRESENT.matcher(line).find()
                || NOT_OURS.matcher(line).find();
    }

    private void fail(String error, String next) {
        String command =
                next.startsWith("Command was: ") ? " (" + next.substring(0, Math.min(160, next.length())) + ")" : "";
        failure = new PgkeepException(
                codeOf(error),
                "pg_restore: " + ClientErrors.clean(error) + command,
                "the restore was stopped at this error; see above what was done to the target");
        onFailure.run();
    }

    private static ErrorCode codeOf(String error) {
        if (error.contains("No space left on device") || error.contains("could not extend file")) {
            return ErrorCode.DISK_FULL;
        }
        if (error.contains("server closed the connection") || error.contains("terminating connection")) {
            return ErrorCode.SERVER_LOST;
        }
        return ErrorCode.RESTORE_FAILED;
    }
}
