package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.client.RefusedStatement;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.plan.ExistingDatabase;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.TargetProbe;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a backup of a database as it is now would load: what is changed next can be taken back only then. Its
 * definitions are made, as undo would make them, and taken back.
 */
public final class WayBackRehearsal {
    private final Connector connector;
    private final Supplier<ClientTools> tools;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param tools finds the client programs; asked when something is rehearsed */
    public WayBackRehearsal(
            Connector connector, Supplier<ClientTools> tools, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * What of a backup would not load, in one line, before anybody is asked; empty when all of it would, when nobody
     * can tell because somebody holds locks, and for whoever is not the owner: a superuser would run the owner's code.
     *
     * @throws PgkeepException what keeps the database from being looked at
     */
    public Optional<String> doubt(Target wanted) {
        return doubt(wanted, false);
    }

    /** What of a backup would not load, as {@link #doubt} tells it; also for superusers, who have been asked. */
    public Optional<String> doubtAfterTheQuestion(Target wanted) {
        return doubt(wanted, true);
    }

    private Optional<String> doubt(Target wanted, boolean asked) {
        Target target = TargetServer.settle(connector, wanted);
        try (Connection beside = TargetServer.open(connector, target)) {
            ServerInfo server = new Catalog(beside).server();
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            boolean owner = existing.filter(ExistingDatabase::ownedByUs).isPresent() && !server.superuser();
            if (existing.filter(ExistingDatabase::isWorthKeeping).isEmpty() || !owner && !asked) {
                return Optional.empty();
            }
            boolean scratch = server.createDatabases() && TargetServer.isBeside(beside, target);
            progress.step("Rehearsing the way back");
            return doubt(target, server, existing, scratch ? RestoreMode.REPLACE : RestoreMode.CLEAN);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at " + target.database());
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.LOCK_BUSY) {
                throw e;
            }
            progress.note("whether a backup would load could not be rehearsed: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> doubt(
            Target target, ServerInfo server, Optional<ExistingDatabase> existing, RestoreMode way) {
        ClientSet client = tools.get().chooseForDump(Version.ofNumber(server.versionNumber()));
        try (Definitions now = Definitions.of(target, client, cancellation)) {
            RestorePlan plan = RestorePlan.back(now.source(), now.contents(), target, server, client, existing, way);
            List<RefusedStatement> refused = way == RestoreMode.REPLACE ? inScratch(plan) : inside(plan);
            if (refused.stream().allMatch(RefusedStatement::isLeftOut)) {
                return refused.isEmpty()
                        ? Optional.empty()
                        : Optional.of("a backup of " + target.database() + " as it is now would come back without "
                                + Rehearsal.described(refused));
            }
            // What can only be where it is stays there when undo goes back.
            boolean stays = way == RestoreMode.REPLACE && inside(plan.inPlace()).isEmpty();
            return stays
                    ? Optional.empty()
                    : Optional.of("a backup of " + target.database() + " as it is now would not load: "
                            + Rehearsal.described(refused));
        }
    }

    private List<RefusedStatement> inScratch(RestorePlan plan) {
        try (ServerSession session = ServerSession.open(connector, plan.target());
                FreshDatabase scratch =
                        new FreshDatabase(plan, connector, session, "scratch", Progress.SILENT, cancellation)) {
            session.dropLeftovers().forEach(progress::note);
            scratch.create();
            return Rehearsal.trial(connector, cancellation, plan, scratch.target());
        }
    }

    private List<RefusedStatement> inside(RestorePlan plan) {
        return Rehearsal.needed(plan, Rehearsal.trial(connector, cancellation, plan, plan.target()));
    }
}
