package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says where in a script a statement failed, how that statement begins, and what helps. */
final class ScriptErrors {
    private static final int SHOWN = 80;
    private static final int HEAD = 4096;
    private static final Pattern ROW = Pattern.compile("COPY .*, line (\\d+)");

    private final Optional<String> script;
    private final int serverVersion;

    /**
     * @param script how it is called; empty where its lines mean nothing to anybody
     * @param serverVersion as {@code server_version_num}
     */
    ScriptErrors(Optional<String> script, int serverVersion) {
        this.script = script;
        this.serverVersion = serverVersion;
    }

    /**
     * The failure of a statement.
     *
     * @param line where the statement, or the first row behind it, begins
     */
    PgkeepException explain(SQLException failure, long line, byte[] text, int codeStart) {
        String code = new String(text, codeStart, Math.min(HEAD, text.length - codeStart), StandardCharsets.UTF_8);
        Optional<ServerErrorMessage> said = said(failure);
        long exact = line + said.map(each -> offset(each, code)).orElse(0L);
        PgkeepException plain = SqlErrors.translate(
                failure, script.map(each -> each + ", line " + exact).orElse("a statement failed"));
        String message = plain.getMessage() + " (in: " + beginning(code) + ")";
        String state = String.valueOf(failure.getSQLState());
        String words = said.map(ServerErrorMessage::getMessage).orElse(String.valueOf(failure.getMessage()));
        return new PgkeepException(
                plain.code() == ErrorCode.SQL_FAILED ? ErrorCode.RESTORE_FAILED : plain.code(),
                message,
                ScriptHints.find(state, words, code, serverVersion).orElseGet(() -> hint(plain, said)),
                failure);
    }

    /** The errors of statements that are not the script's. */
    ScriptErrors ofOurOwn() {
        return new ScriptErrors(Optional.empty(), serverVersion);
    }

    /** The error for something that is refused before it is sent. */
    PgkeepException refused(long line, byte[] text, String what) {
        return new PgkeepException(
                ErrorCode.SCRIPT_REFUSED,
                script.map(each -> each + ", line " + line + ": ").orElse("") + what + " (in: "
                        + beginning(new String(text, 0, Math.min(HEAD, text.length), StandardCharsets.UTF_8)) + ")",
                "look at that statement; pg_dump writes nothing like it");
    }

    /** A script that ended before its transaction did. */
    PgkeepException unfinished() {
        return new PgkeepException(
                ErrorCode.RESTORE_FAILED,
                script.orElse("the script") + " ends inside a transaction: its COMMIT is missing, and the server takes"
                        + " back what was done since it began",
                "the file is cut off: choose another backup; if it is whole, end it with COMMIT;");
    }

    private static String hint(PgkeepException plain, Optional<ServerErrorMessage> said) {
        boolean servers = said.map(ServerErrorMessage::getHint).isPresent();
        return plain.code() == ErrorCode.SQL_FAILED && !servers
                ? "the restore was stopped at this statement; see above what was done to the target"
                : plain.hint();
    }

    private static Optional<ServerErrorMessage> said(SQLException failure) {
        return failure instanceof PSQLException known
                ? Optional.ofNullable(known.getServerErrorMessage())
                : Optional.empty();
    }

    /** Lines between the beginning and the place that the server names. */
    private static long offset(ServerErrorMessage said, String code) {
        Matcher row = ROW.matcher(text(said.getWhere()));
        if (row.find()) {
            return Long.parseLong(row.group(1)) - 1;
        }
        int characters = Math.clamp(said.getPosition() - 1L, 0, code.codePointCount(0, code.length()));
        return code.substring(0, code.offsetByCodePoints(0, characters)).lines().count()
                - (characters > 0 && code.charAt(code.offsetByCodePoints(0, characters - 1)) != '\n' ? 1 : 0);
    }

    private static String beginning(String code) {
        String line = Redaction.redact(code).strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
