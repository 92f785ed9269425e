package dev.pgkeep.operation.undo;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Lets go of databases that were replaced and kept. Each is named before it goes, and noted in the history. */
public final class KeptDatabaseExpiry {
    private final Connector connector;
    private final RunContext context;
    private final Progress progress;

    public KeptDatabaseExpiry(Connector connector, RunContext context) {
        this.connector = connector;
        this.context = context;
        this.progress = context.progress();
    }

    /** The kept databases of a server, the newest first. */
    public List<KeptDatabase> list(Target server) {
        try (ServerSession session = ServerSession.open(connector, server)) {
            return new KeptDatabases(session.connection()).all();
        }
    }

    /** The databases that were the target and are kept, the newest first. */
    public List<KeptDatabase> of(Target target) {
        try {
            return list(target).stream()
                    .filter(each -> each.note().database().equals(target.database()))
                    .toList();
        } catch (PgkeepException e) {
            // Who may not look beside the database cannot have swapped it either.
            if (e.code() == ErrorCode.LOGIN_FAILED || e.code() == ErrorCode.RIGHTS_MISSING) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Drops kept databases of the server whose time has passed, beside what was asked for: where it cannot be done the
     * caller goes on.
     *
     * @return what is still kept; nothing when that could not be found out
     */
    public List<KeptDatabase> expireBeside(Target server) {
        try {
            return expire(server);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return List.of();
        }
    }

    /**
     * Drops what is over only where the history knows of a kept database, for callers that otherwise need no server.
     *
     * @param server gives the configured server, if one is configured; may fail
     */
    public List<KeptDatabase> expireIfAny(Supplier<Optional<Target>> server) {
        if (context.history().runs().stream().noneMatch(run -> run.keptDatabase() != null)) {
            return List.of();
        }
        try {
            return server.get().map(this::expireBeside).orElse(List.of());
        } catch (PgkeepException e) {
            return List.of();
        }
    }

    /**
     * Drops kept databases of the server whose time has passed, but for what somebody uses.
     *
     * @return what is still kept
     */
    public List<KeptDatabase> expire(Target server) {
        Instant now = context.clock().instant();
        List<KeptDatabase> staying = new ArrayList<>();
        try (ServerSession session = ServerSession.open(connector, server)) {
            KeptDatabases all = new KeptDatabases(session.connection());
            // A standby shows them too, and only its primary can drop them.
            boolean writable = Writable.obstacle(session.connection(), "").isEmpty();
            for (KeptDatabase kept : all.all()) {
                boolean goes = writable && kept.isOver(now) && kept.ours() && isFree(kept, session);
                if (!goes || !dropped(kept, all, server)) {
                    staying.add(kept);
                }
            }
        }
        return staying;
    }

    /**
     * Drops these, and with them the way back to them.
     *
     * @param kept at least one that was the target
     * @param confirm asked before the first one goes
     * @throws PgkeepException REFUSED, LOCK_BUSY when somebody is connected, RIGHTS_MISSING
     */
    public void discard(Target target, List<KeptDatabase> kept, Confirm confirm) {
        confirm.ask(new Stake(
                target,
                isMarked(target, kept),
                kept.size() == 1 ? "drop it" : "drop these " + kept.size() + " databases"));
        discard(target, kept);
    }

    /**
     * Whether one of the kept databases, or the one that has the name now, bears the mark of {@code pgkeep protect},
     * which a database takes along when it is renamed.
     */
    private boolean isMarked(Target target, List<KeptDatabase> kept) {
        try (Connection beside = connector.openBeside(target, "pgkeep")) {
            return Protection.isOn(beside, target.database())
                    || kept.stream().anyMatch(each -> Protection.isOn(beside, each.name()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at what is kept");
        }
    }

    /**
     * Drops these; the caller has asked.
     *
     * @throws PgkeepException LOCK_BUSY when somebody is connected, RIGHTS_MISSING
     */
    void discard(Target server, List<KeptDatabase> kept) {
        try (ServerSession session = ServerSession.open(connector, server)) {
            session.lock(server.database());
            KeptDatabases all = new KeptDatabases(session.connection());
            for (KeptDatabase each : kept) {
                progress.step("Dropping " + each.name());
                all.drop(each);
                note(each, server);
            }
        }
    }

    private boolean isFree(KeptDatabase kept, ServerSession session) {
        if (kept.connections() > 0) {
            progress.warn(kept.name() + " is to go since " + kept.note().until() + ", but "
                    + Sizes.count(kept.connections(), "connection") + " to it "
                    + (kept.connections() == 1 ? "is" : "are") + " open: it stays");
            return false;
        }
        // A run that is at work on this name may be about to swap it back.
        return session.tryLock(kept.note().database());
    }

    private boolean dropped(KeptDatabase kept, KeptDatabases all, Target server) {
        progress.warn("dropping " + kept.name() + (kept.bytes() < 0 ? "" : " (" + Sizes.text(kept.bytes()) + ")")
                + ": it was " + kept.note().database() + " until " + kept.note().since()
                + ", and kept until " + kept.note().until());
        try {
            all.drop(kept);
            note(kept, server);
            return true;
        } catch (PgkeepException e) {
            progress.warn(kept.name() + " could not be dropped and stays: " + e.getMessage());
            return false;
        }
    }

    /** Notes in the history that a kept database was dropped, which it is whatever becomes of the record. */
    private void note(KeptDatabase kept, Target server) {
        RecordedRun run = RecordedRun.of(
                context, PastRuns.DISCARD, server.withDatabase(kept.note().database()));
        run.keeps(kept.name());
        run.done("dropped " + kept.name());
    }
}
