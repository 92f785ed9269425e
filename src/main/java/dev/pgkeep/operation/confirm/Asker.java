package dev.pgkeep.operation.confirm;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;

/** Gets the answers: from somebody at a terminal, or by a policy. Both methods return when the answer is yes. */
public interface Asker {
    /** The policy of {@code --yes} where nobody sits: everything but what touches a protected database. */
    Asker YES = new Asker() {
        @Override
        public void yes(String what) {
            // That is the policy.
        }

        @Override
        public void name(String database, String why, String what) {
            throw nobodyTypes(database, why, what);
        }
    };

    /**
     * Wants a yes.
     *
     * @param what completes "Type yes to …"
     * @throws PgkeepException REFUSED
     */
    void yes(String what);

    /**
     * Wants the name of a protected database.
     *
     * @param why it is protected
     * @param what completes "Type its name to …"
     * @throws PgkeepException REFUSED
     */
    void name(String database, String why, String what);

    /** The refusal where a name is wanted and nobody is there to type it. */
    static PgkeepException nobodyTypes(String database, String why, String what) {
        return new PgkeepException(
                ErrorCode.REFUSED,
                database + " is protected (" + why + "), and there is no terminal to type its name on",
                "to " + what + " from a script all the same, add --allow-protected --yes");
    }
}
