package dev.pgkeep.postgres.dump;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which lines for psql a script may hold.
 *
 * <p>SQL is another matter: it runs at the server with the rights of the restoring role, and no reader can tell what a
 * function or a DO block will do there. A {@code COPY} from or to a program is refused all the same where it stands
 * openly: no dump has one, it needs a superuser, and nobody expects a backup to start programs. This is no wall against
 * malice; the wall is a role that may not do it.
 */
final class ScriptRules {
    private static final Pattern CONNECT = Pattern.compile("\\\\(?:c|connect)(?:\\s.*)?", Pattern.DOTALL);
    private static final Pattern RESTRICT = Pattern.compile("\\\\(?:un)?restrict\\s+\\w+");
    private static final Pattern WORD = Pattern.compile("\\\\(?:[a-zA-Z_]+|.)?", Pattern.DOTALL);

    private ScriptRules() {}

    /** Whether a line leads to another database. */
    static boolean isConnect(String line) {
        return CONNECT.matcher(line).matches();
    }

    /** Whether a line locks or unlocks psql against lines like it. */
    static boolean isRestrict(String line) {
        return RESTRICT.matcher(line).matches();
    }

    /** The first word of a line for psql that no dump has, for instance {@code \!}. */
    static Optional<String> foreignCommand(byte[] text, int from) {
        String line = new String(text, from, text.length - from, StandardCharsets.UTF_8).strip();
        if (isConnect(line) || isRestrict(line) || isCutOff(text, line)) {
            return Optional.empty();
        }
        Matcher word = WORD.matcher(line);
        return Optional.of(word.lookingAt() ? word.group() : "\\");
    }

    /** The last line of a script that was cut off in the middle of it is not the script's fault. */
    private static boolean isCutOff(byte[] text, String line) {
        return text[text.length - 1] != '\n' && ("\\restrict".startsWith(line) || "\\unrestrict".startsWith(line));
    }
}
