package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the backup, looks at the target, and decides how the one gets into the other. Changes nothing. */
public final class RestorePlanner {
    private final Connector connector;
    private final ClientTools tools;
    private final Repository repository;
    private final Path codeFolder;
    private final Progress progress;
    private final Cancellation cancellation;

    public RestorePlanner(
            Connector connector,
            ClientTools tools,
            Repository repository,
            Path codeFolder,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.codeFolder = codeFolder;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    public RestorePlan plan(RestoreSource source, RestoreRequest request) {
        Target target = TargetServer.settle(connector, request.target());
        try (Connection beside = TargetServer.open(connector, target)) {
            ServerInfo server = new Catalog(beside).server();
            ClientSet client = SourceCheck.choose(tools, source, server);
            progress.step("Looking at " + target.describe());
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            RestoreRequest settled = request.withTarget(target);
            RestoreFacts facts = RestoreFacts.of(settled, server, existing, TargetServer.isBeside(beside, target));
            RestoreMode usual = RestoreMode.choose(facts);
            DeltaChoice delta = progress.phases()
                    .during(
                            "changes",
                            () -> new DeltaChoice(connector, tools, progress, cancellation)
                                    .of(source, settled, server, usual, existing));
            RestoreMode mode = delta.delta().isPresent() ? RestoreMode.DELTA : usual;
            SourceContents contents = progress.phases()
                    .during(
                            "check",
                            () -> new SourceCheck(repository, client, progress, cancellation)
                                    .check(source, request, delta.delta()));
            var subject = new PreflightSubject(facts, mode, source, contents, server, existing);
            return new RestorePlan(
                    settled,
                    source,
                    target,
                    server,
                    client,
                    existing,
                    mode,
                    contents,
                    isProtected(target, existing),
                    Stream.concat(
                                    new Preflight(subject, beside, connector, codeFolder).findings().stream(),
                                    delta.findings().stream())
                            .toList(),
                    delta.delta(),
                    Set.of());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the target");
        }
    }

    /** Whether the target is protected; of a database that an interrupted run dropped, the history knows. */
    private boolean isProtected(Target target, Optional<ExistingDatabase> existing) {
        return existing.map(ExistingDatabase::isProtected)
                .orElseGet(() -> new PastRuns(repository.history().runs(), target).wasProtected());
    }
}
