package dev.pgkeep.operation.restore.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script of {@code pg_dumpall --globals-only} without what it says about roles that exist: it would set their
 * passwords and rights back, those of the very role that restores among them. Memberships of new roles stay.
 */
final class GlobalsScript {
    private static final String NAME = "(\"(?:[^\"]|\"\")*\"|[^\\s\";]+)";
    private static final Pattern ROLE = Pattern.compile(
            "(?:CREATE ROLE|ALTER ROLE|COMMENT ON ROLE|SECURITY LABEL FOR \\S+ ON ROLE) " + NAME + ".*",
            Pattern.DOTALL);
    private static final Pattern MEMBERSHIP = Pattern.compile("GRANT " + NAME + " TO " + NAME + ".*", Pattern.DOTALL);

    private final Set<String> existing;

    GlobalsScript(Set<String> existing) {
        this.existing = existing;
    }

    /**
     * Hands over what is wanted, statement by statement; lines that are none, those for psql among them, are left out.
     */
    void forEach(BufferedReader from, Consumer<String> use) throws IOException {
        for (Optional<String> next = statement(from); next.isPresent(); next = statement(from)) {
            String text = next.get();
            if (!text.isBlank() && !text.startsWith("--") && !text.startsWith("\\") && isWanted(text)) {
                use.accept(text);
            }
        }
    }

    /** A statement with all its lines, or a line that is none. */
    private static Optional<String> statement(BufferedReader from) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            boolean first = text.isEmpty();
            text.append(line).append('\n');
            if (first && (line.isBlank() || line.startsWith("--") || line.startsWith("\\"))
                    || line.endsWith(";") && isBalanced(text)) {
                break;
            }
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    }

    /** Whether all quotes are closed; one that is doubled inside of quotes closes and opens them again. */
    private static boolean isBalanced(CharSequence text) {
        char open = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (open == 0 && (each == '\'' || each == '"')) {
                open = each;
            } else if (each == open) {
                open = 0;
            }
        }
        return open == 0;
    }

    private boolean isWanted(String statement) {
        Matcher role = ROLE.matcher(statement);
        if (role.matches()) {
            return !exists(role.group(1));
        }
        Matcher membership = MEMBERSHIP.matcher(statement);
        return !membership.matches() || !exists(membership.group(1)) || !exists(membership.group(2));
    }

    private boolean exists(String quoted) {
        return existing.contains(
                quoted.startsWith("\"")
                        ? quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"")
                        : quoted);
    }
}
