package dev.pgkeep.operation.restore.load.mend;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said to a statement that failed, as far as a second try depends on it: by its fields, which are the
 * same in every language.
 *
 * @param state SQLSTATE
 * @param text the message, without details, which quote rows
 * @param schema of table or type; like all that follow empty where the failure is of none
 * @param table of which rows are refused
 * @param column of which a value is missing
 * @param type the domain of which a value is refused
 * @param constraint that refuses it
 */
record ServerFailure(
        String state, String text, String schema, String table, String column, String type, String constraint) {
    private static final String NOT_NULL = "23502";
    private static final String FOREIGN_KEY = "23503";
    private static final String UNIQUE = "23505";
    private static final String CHECK = "23514";
    private static final String EXCLUSION = "23P01";
    private static final String NO_RIGHT = "42501";
    private static final String NO_VALUE_OF_A_SETTING = "22023";
    private static final String NO_KEY = "42830";

    /** The states that stay the same however often it is tried: syntax, duplicates, what this server does not have. */
    private static final Set<String> FINAL =
            Set.of("42601", "42P07", "42710", "42723", "42P06", "42P03", "42P04", "42P05", "0A000", "0LP01", "57014");

    /** The classes of states that are no matter of the statement: connection, rights, values, resources, operator. */
    private static final Set<String> FINAL_CLASSES = Set.of("08", "22", "25", "28", "3D", "53", "57", "58");

    /** What the server said; empty where it was not the server that failed. */
    static Optional<ServerFailure> of(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof PSQLException said && said.getServerErrorMessage() != null) {
                return Optional.of(of(said, said.getServerErrorMessage()));
            }
        }
        return Optional.empty();
    }

    private static ServerFailure of(SQLException failure, ServerErrorMessage said) {
        return new ServerFailure(
                text(failure.getSQLState()),
                text(said.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; "),
                text(said.getSchema()),
                text(said.getTable()),
                text(said.getColumn()),
                text(said.getDatatype()),
                text(said.getConstraint()));
    }

    /** Whether a second try may end differently. */
    boolean mayBeMended() {
        boolean never =
                FINAL.contains(state) || FINAL_CLASSES.contains(state.substring(0, Math.min(2, state.length())));
        return isOfTablespace() || !never && !state.equals(NO_RIGHT);
    }

    /** Whether an empty search path may be the reason; functions in a check may hide that it is. */
    boolean mayBeOfPath() {
        return mayBeMended() && !isOfTablespace() && (!state.startsWith("23") || state.equals(CHECK));
    }

    /** Whether rows break a constraint that can be there without having been checked. */
    boolean breaksWhatNeedNotBeValid() {
        return state.equals(FOREIGN_KEY) || state.equals(CHECK);
    }

    /** Whether rows break a constraint that holds for all of them or is not there. */
    boolean breaksKey() {
        return state.equals(UNIQUE) || state.equals(EXCLUSION);
    }

    /** Whether a foreign key points to columns that no key holds unique. */
    boolean missesKey() {
        return state.equals(NO_KEY);
    }

    boolean isNull() {
        return state.equals(NOT_NULL);
    }

    boolean isCheck() {
        return state.equals(CHECK);
    }

    /** Whether a tablespace is gone, or somebody may not use it. */
    boolean isOfTablespace() {
        return text.toLowerCase(Locale.ROOT).contains("tablespace")
                && (state.equals(NO_RIGHT) || state.equals("42704") || state.equals(NO_VALUE_OF_A_SETTING));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
