package dev.pgkeep.dump;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script may ask of the programs that run it. psql takes lines of its own among the SQL: {@code \!} runs a
 * command on the machine of whoever restores, {@code \i} and {@code \copy} read and write its files. pg_dump writes
 * none of those, so a script with any other line than {@code \connect} (left out: everything goes into the chosen
 * database), {@code \restrict}, {@code \}{@code unrestrict} and the end of rows is refused before anything is changed.
 * The scanner reads as psql does with {@code standard_conforming_strings} on, as pg_dump sets it; for scripts that
 * deceive it there is a second lock: psql is told to restrict itself, where it is new enough to know how.
 *
 * <p>SQL is another matter: it runs at the server with the rights of the restoring role, and no reader can tell what a
 * function or a DO block will do there. A {@code COPY} from or to a program is refused all the same where it stands
 * openly: no dump has one, it needs a superuser, and nobody expects a backup to start programs. This is no wall against
 * malice; scripts from strangers are for a server that has nothing to lose.
 */
final class ScriptRules {
    private static final Pattern CONNECT = Pattern.compile("\\\\(?:c|connect)(?:\\s.*)?", Pattern.DOTALL);
    private static final Pattern RESTRICT = Pattern.compile("\\\\(?:un)?restrict\\s+\\w+");
    private static final Pattern WORD = Pattern.compile("\\\\(?:[a-zA-Z_]+|.)?", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|--[^\\n]*", Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile(
            "COPY\\b.*\\b(?:FROM|TO)\\s+PROGRAM\\s*(?:E|U&)?['$].*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

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

    /** Whether a statement has the server run a program. */
    static boolean runsProgram(byte[] text, int from) {
        if (from + 4 > text.length || (text[from] | 0x20) != 'c' || (text[from + 1] | 0x20) != 'o') {
            return false;
        }
        String code = new String(text, from, text.length - from, StandardCharsets.ISO_8859_1);
        return PROGRAM.matcher(COMMENT.matcher(code).replaceAll(" ")).matches();
    }
}
