package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/**
 * The question before something is destroyed; every destructive command asks through this class. A database is
 * protected when it bears the mark of {@code pgkeep protect}, whatever profile is in force, or when the configuration
 * says so of it. Of such a one the name is to be typed, on a terminal; of any other {@code yes}.
 */
final class DestructiveConfirmation {
    private final Session session;
    private final Pgkeep pgkeep;
    private final boolean allowProtected;

    /**
     * @param allowProtected whether {@code --allow-protected} was given: then a protected database is like any other
     */
    DestructiveConfirmation(Session session, Pgkeep pgkeep, boolean allowProtected) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.allowProtected = allowProtected;
    }

    /**
     * Why the target is protected, for people; empty when it is not.
     *
     * @param marked whether it bears the mark of {@code pgkeep protect}
     */
    Optional<String> protection(Target target, boolean marked) {
        return marked ? Optional.of("marked by pgkeep protect") : new ProtectedProfiles(session, pgkeep).of(target);
    }

    /**
     * Asks. What is at stake was shown before.
     *
     * @param what completes "Type yes to …", for instance {@code replace shop}
     * @throws PgkeepException REFUSED when it was not confirmed, or nobody is there to confirm it
     */
    void confirm(Target target, boolean marked, String what) {
        confirm(target, marked, what, false);
    }

    /** @param skip whether the question is not wanted anyway; that of a protected database is asked all the same */
    void confirm(Target target, boolean marked, String what, boolean skip) {
        Optional<String> why = allowProtected ? Optional.empty() : protection(target, marked);
        session.finishProgress();
        if (why.isPresent()) {
            confirmName(target.database(), why.get(), what);
        } else if (!session.options().yes && !skip) {
            session.question().confirm(what, "yes");
        }
    }

    private void confirmName(String database, String why, String what) {
        if (!session.console().isInteractive()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    database + " is protected (" + why + "), and there is no terminal to type its name on",
                    "to " + what + " from a script all the same, add --allow-protected --yes");
        }
        session.progress().warn(database + " is protected: " + why);
        session.question().confirm(what, database);
    }
}
