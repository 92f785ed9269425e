package dev.pgkeep.operation.undo;

import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * Drops those of the server whose time has passed, but for what somebody uses.
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
     * Drops these; the caller has asked.
     *
     * @throws PgkeepException LOCK_BUSY when somebody is connected, RIGHTS_MISSING
     */
    public void discard(Target server, List<KeptDatabase> kept) {
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

    /** It is dropped, whatever becomes of the record. */
    private void note(KeptDatabase kept, Target server) {
        RecordedRun run =
                RecordedRun.of(context, PastRuns.DISCARD, server.withDatabase(kept.note().database()));
        run.keeps(kept.name());
        run.done("dropped " + kept.name());
    }
}
