package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.operation.confirm.Asker;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.ProtectedConfirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The question before something is destroyed, on the terminal; every destructive command asks through this class. The
 * name of a protected database is to be typed, of any other {@code yes}, unless {@code --yes} was given.
 */
final class DestructiveConfirmation implements Confirm {
    private final Session session;
    private final ProtectedConfirm confirm;
    private Duration asked = Duration.ZERO;

    /**
     * @param allowProtected whether {@code --allow-protected} was given: then a protected database is like any other
     */
    DestructiveConfirmation(Session session, Pgkeep pgkeep, boolean allowProtected) {
        this.session = session;
        this.confirm = new ProtectedConfirm(pgkeep.protection(), allowProtected, new Terminal(session));
    }

    /**
     * The reason why the target is protected, for people; empty when it is not.
     *
     * @param marked whether it bears the mark of {@code pgkeep protect}
     */
    Optional<String> protection(Target target, boolean marked) {
        return confirm.protection().why(target, marked);
    }

    /** Asks, after what is at stake was shown. */
    @Override
    public void ask(Stake stake) {
        Instant began = session.surroundings().clock().instant();
        session.finishProgress();
        confirm.ask(stake);
        asked = asked.plus(
                Duration.between(began, session.surroundings().clock().instant()));
    }

    /** The time that the answers took, which is no part of the work. */
    Duration asked() {
        return asked;
    }

    /**
     * Asks before something is destroyed.
     *
     * @param what completes "Type yes to …", for instance {@code replace shop}
     */
    void confirm(Target target, boolean marked, String what) {
        ask(new Stake(target, marked, what));
    }

    /** Answers are typed. */
    private record Terminal(Session session) implements Asker {
        @Override
        public void yes(String what) {
            if (!session.options().yes) {
                session.question().confirm(what, "yes");
            }
        }

        @Override
        public void name(String database, String why, String what) {
            if (!session.console().isInteractive()) {
                throw Asker.nobodyTypes(database, why, what);
            }
            session.progress().warn(database + " is protected: " + why);
            session.question().confirm(what, database);
        }
    }
}
