package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.operation.restore.plan.RestorePlan.Mode;
import dev.pgkeep.operation.restore.source.RestoreSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            SourceContents contents =
                    new SourceCheck(repository, client, progress, cancellation).check(source, request);
            progress.step("Looking at " + target.describe());
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            List<Finding> findings = new ArrayList<>();
            Mode way = way(request, server, existing, beside, TargetServer.isBeside(beside, target), findings);
            RestoreRequest settled = request.withTarget(target);
            findings.addAll(new Preflight(settled, source, contents, server, existing, way)
                    .examine(
                            beside,
                            connector,
                            source.manifest().map(each -> each.server().version()),
                            codeFolder));
            return new RestorePlan(
                    settled,
                    source,
                    target,
                    server,
                    client,
                    existing,
                    way,
                    contents,
                    isProtected(target, existing),
                    findings);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the target");
        }
    }

    private static Mode way(
            RestoreRequest request,
            ServerInfo server,
            Optional<ExistingDatabase> existing,
            Connection connection,
            boolean beside,
            List<Finding> findings) {
        if (request.content() == Content.DATA) {
            return Mode.ROWS;
        }
        if (existing.isEmpty()) {
            return Mode.CREATE;
        }
        if (request.keepOld().isPresent()) {
            findings.addAll(new SwapPreflight(server, existing.get(), beside)
                    .forRestore(connection, request.target().database()));
            return Mode.SWAP;
        }
        if (existing.get().isEmpty() && request.elsewhere()) {
            return Mode.FILL;
        }
        if (request.isPartial()) {
            return Mode.ADD;
        }
        if (request.elsewhere() && !request.dropExisting() && !request.clean()) {
            return Mode.FILL;
        }
        if (request.clean()) {
            return Mode.CLEAN;
        }
        if (!server.createDatabases() || !existing.get().ownedByUs() || !beside) {
            findings.add(Finding.note(
                    "the role " + server.role() + " may not drop and create "
                            + request.target().database() + ": the objects inside are dropped instead",
                    "new connections cannot be kept out meanwhile: stop the application first"));
            return Mode.CLEAN;
        }
        return Mode.REPLACE;
    }

    /** Of a database that an interrupted run dropped, the history knows. */
    private boolean isProtected(Target target, Optional<ExistingDatabase> existing) {
        return existing.map(ExistingDatabase::isProtected)
                .orElseGet(() -> new PastRuns(repository.runs(), target).wasProtected());
    }
}
