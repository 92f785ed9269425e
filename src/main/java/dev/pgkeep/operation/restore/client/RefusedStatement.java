package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.PgkeepException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/**
 * A definition that a server refused, tried in every way.
 *
 * @param entry the number of its entry in the archive; empty where it comes from a script
 * @param code the statement
 * @param failure what the server says
 */
public record RefusedStatement(Optional<Integer> entry, String code, PgkeepException failure) {
    private static final int SHOWN = 100;

    /** The objects that hold no rows, and that only an administrator makes on many servers. */
    private static final Pattern ADMINISTRATORS = Pattern.compile(
            "(?:CREATE (?:OR REPLACE )?|ALTER |COMMENT ON |SECURITY LABEL ON |SECURITY LABEL FOR \\S+ ON )"
                    + "((?:(?:TRUSTED )?(?:PROCEDURAL )?LANGUAGE)|EXTENSION|EVENT TRIGGER|PUBLICATION|SUBSCRIPTION"
                    + "|OPERATOR CLASS|OPERATOR FAMILY|CAST|TRANSFORM|FOREIGN DATA WRAPPER|ACCESS METHOD"
                    + "|TEXT SEARCH PARSER|TEXT SEARCH TEMPLATE|FUNCTION|PROCEDURE|AGGREGATE)\\b\\s*(.*)",
            Pattern.DOTALL);

    /** The objects that may be there already, and are left as they are then. */
    private static final Pattern PRESENT = Pattern.compile(
            "CREATE (?:OR REPLACE )?((?:(?:TRUSTED )?(?:PROCEDURAL )?LANGUAGE)|SCHEMA|(?:UNLOGGED |FOREIGN )?TABLE|VIEW|MATERIALIZED VIEW|SEQUENCE|EXTENSION|EVENT TRIGGER|PUBLICATION"
                    + "|SUBSCRIPTION|OPERATOR CLASS|OPERATOR FAMILY|OPERATOR|CAST|TRANSFORM|FOREIGN DATA WRAPPER|SERVER"
                    + "|USER MAPPING|ACCESS METHOD|TEXT SEARCH \\w+|COLLATION|CONVERSION|FUNCTION|PROCEDURE|AGGREGATE)"
                    + "\\b\\s*(.*)",
            Pattern.DOTALL);

    private static final String BEHIND_THE_NAME =
            "\\s(?:\\(.*|(?:WITH|ON|FOR|CONNECTION|HANDLER|VALIDATOR|DEFAULT|TYPE|IS"
                    + "|AS|RETURNS|LANGUAGE|ADD|DISABLE|ENABLE)\\b.*)$";

    /** What is said of such an object, and goes with it. */
    private static final Pattern SAID_OF_IT = Pattern.compile("(?:ALTER|COMMENT ON|SECURITY LABEL) .*", Pattern.DOTALL);

    private static final Set<String> FORBIDDEN = Set.of("42501");
    private static final Set<String> NOT_THERE = Set.of("42704", "42883");
    private static final Set<String> ALREADY_THERE = Set.of("42710", "42P06", "42P07", "42723");

    /** The statement in few words. */
    public static String beginning(String code) {
        String line = code.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    /** Five letters that say what kind of failure it was; empty where it is not the server's. */
    public String state() {
        return state(failure);
    }

    /** The same of any failure of a statement. */
    static String state(PgkeepException failure) {
        return failure.getCause() instanceof SQLException cause && cause.getSQLState() != null
                ? cause.getSQLState()
                : "";
    }

    /** What the server said, in its own words. */
    public String reason() {
        return failure.getCause() instanceof PSQLException said && said.getServerErrorMessage() != null
                ? String.valueOf(said.getServerErrorMessage().getMessage())
                : failure.getMessage();
    }

    /** Whether it takes another role. */
    public boolean isForbidden() {
        return FORBIDDEN.contains(state());
    }

    /**
     * Whether the database is whole without it: it holds no rows, nothing that holds any is made of it, and it needs an
     * administrator.
     */
    public boolean isLeftOut() {
        String statement = code.strip();
        boolean follows =
                NOT_THERE.contains(state()) && SAID_OF_IT.matcher(statement).matches();
        return (isForbidden() || follows) && ADMINISTRATORS.matcher(statement).matches();
    }

    /** Whether it is there already and stays, since it belongs to somebody else. */
    public boolean isKept() {
        return ALREADY_THERE.contains(state()) && PRESENT.matcher(code.strip()).matches();
    }

    /** The refusal in one line: {@code EXTENSION pg_repack (permission denied to create extension "pg_repack")}. */
    public String describe() {
        Matcher known = ADMINISTRATORS.matcher(code.strip());
        Matcher present = PRESENT.matcher(code.strip());
        String what = known.matches()
                ? known.group(1) + " " + name(known.group(2))
                : present.matches() ? present.group(1) + " " + name(present.group(2)) : beginning(code);
        return what + " (" + reason() + ")";
    }

    private static String name(String rest) {
        String name =
                rest.replaceFirst("^IF NOT EXISTS ", "").lines().findFirst().orElse("");
        // A cast is named by its types, (this AS that).
        String shown = name.startsWith("(") ? name.replaceFirst("\\).*$", ")") : name.replaceFirst(BEHIND_THE_NAME, "");
        return beginning(shown.replaceFirst(";\\s*$", ""));
    }
}
