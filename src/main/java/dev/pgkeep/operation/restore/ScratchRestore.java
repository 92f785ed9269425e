package dev.pgkeep.operation.restore;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.load.FreshDatabase;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.plan.SourceCheck;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.rehearsal.Rehearsal;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.admin.ServerSession;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.Repository;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Restores a backup into a database of its own, compares, asks the smoke questions, and always drops it again. */
public final class ScratchRestore {
    private final Connector connector;
    private final ClientTools tools;
    private final Repository repository;
    private final Progress progress;
    private final Cancellation cancellation;

    public ScratchRestore(
            Connector connector,
            ClientTools tools,
            Repository repository,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Proves a backup.
     *
     * @param server any database of the server to use; its own data is not touched
     * @param smoke statements that must run in the restored database without an error
     * @return what was compared
     * @throws PgkeepException PROOF_FAILED, BACKUP_DAMAGED or what kept it from being restored
     */
    public Comparison run(RestoreSource source, Target server, List<String> smoke) {
        return run(source, server, false, database -> new Smoke(connector, progress).ask(database, smoke));
    }

    /**
     * Restores a backup for a while.
     *
     * @param server any database of the server to use; its own data is not touched
     * @param roles whether owners and rights are restored: the server must have the roles then
     * @param use what is done with the restored database before it is dropped
     * @return what was compared
     * @throws PgkeepException PROOF_FAILED, BACKUP_DAMAGED or what kept it from being restored
     */
    public Comparison run(RestoreSource source, Target server, boolean roles, Consumer<Target> use) {
        Target target = connector.settle(server);
        try (ServerSession session = ServerSession.open(connector, target)) {
            session.dropLeftovers().forEach(progress::note);
            RestorePlan plan =
                    rehearsed(plan(source, RestoreRequest.whole(target).withRoles(roles), session));
            try (FreshDatabase scratch =
                    new FreshDatabase(plan, connector, session, "scratch", progress, cancellation)) {
                scratch.create();
                Comparison comparison = scratch.fill(false);
                comparison.orThrow("the scratch database");
                use.accept(scratch.target());
                return comparison;
            }
        }
    }

    /**
     * Makes what a plan's backup defines, without any rows, for a while.
     *
     * @param plan of a whole restore; its target is not touched
     * @param use what is done with the database without rows before it is dropped
     * @throws PgkeepException what kept the definitions from being made
     */
    public void definitions(RestorePlan plan, Consumer<Target> use) {
        RestoreRequest request = plan.request().only(Content.SCHEMA);
        RestorePlan empty = new RestorePlan(
                request,
                plan.source(),
                plan.target(),
                plan.server(),
                plan.tools(),
                plan.existing(),
                RestoreMode.CREATE,
                plan.contents().withoutRows(),
                false,
                List.of(),
                Optional.empty(),
                Set.of());
        try (ServerSession session = ServerSession.open(connector, plan.target());
                FreshDatabase scratch =
                        new FreshDatabase(empty, connector, session, "scratch", progress, cancellation)) {
            scratch.create();
            scratch.fill(false);
            use.accept(scratch.target());
        }
    }

    /**
     * Makes what a backup defines, without any rows, for a while; of a chunked one no rows are read.
     *
     * @param server any database of the server to use; its own data is not touched
     * @param use what is done with the database without rows before it is dropped
     * @throws PgkeepException what kept the definitions from being made
     */
    public void definitions(RestoreSource source, Target server, Consumer<Target> use) {
        Target target = connector.settle(server);
        try (ServerSession session = ServerSession.open(connector, target)) {
            session.dropLeftovers().forEach(progress::note);
            RestoreRequest request = RestoreRequest.whole(target).only(Content.SCHEMA);
            try (FreshDatabase scratch = new FreshDatabase(
                    plan(source, request, session), connector, session, "scratch", progress, cancellation)) {
                scratch.create();
                scratch.fill(false);
                use.accept(scratch.target());
            }
        }
    }

    /** What only an administrator can make is left out and told, as in a restore. */
    private RestorePlan rehearsed(RestorePlan plan) {
        RestorePlan able = new Rehearsal(connector, tools, progress, cancellation).of(plan);
        Restore.refuseBlocked(able);
        able.findings().forEach(found -> progress.warn(found.text()));
        return able;
    }

    private RestorePlan plan(RestoreSource source, RestoreRequest request, ServerSession session) {
        ServerInfo server = new Catalog(session.connection()).server();
        ClientSet client = SourceCheck.choose(tools, source, server);
        return new RestorePlan(
                request,
                source,
                request.target(),
                server,
                client,
                Optional.empty(),
                RestoreMode.CREATE,
                new SourceCheck(repository, client, progress, cancellation).check(source, request),
                false,
                List.of(),
                Optional.empty(),
                Set.of());
    }
}
