package dev.pgkeep.restore;

import dev.pgkeep.dump.ArchiveVersion;
import dev.pgkeep.dump.DumpReader;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Manifest.Content;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.restore.RestorePlan.Way;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the backup, looks at the target, and decides how the one gets into the other. Changes nothing. */
final class RestorePlanner {
    private final Connector connector;
    private final ClientTools tools;
    private final Repository repository;
    private final Path codeFolder;
    private final Progress progress;
    private final Cancellation cancellation;

    RestorePlanner(
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

    RestorePlan plan(RestoreSource source, RestoreRequest request) {
        Target target = settle(request.target());
        try (Connection beside = openSomewhere(target)) {
            ServerInfo server = new Catalog(beside).server();
            ClientSet client = tools.chooseForRestore(
                    ArchiveVersion.of(source.dump()),
                    source.manifest().map(each -> each.tools().pgDump()).flatMap(Version::parse),
                    Version.ofNumber(server.versionNumber()));
            DumpReader reader = new DumpReader(client, cancellation);
            SortedMap<TableName, Long> rows =
                    new SourceCheck(repository, reader, progress, cancellation).rowsOf(source);
            progress.step("Looking at " + target.describe());
            Optional<ExistingDatabase> existing = new TargetProbe(connector, beside).look(target);
            List<Finding> findings = new ArrayList<>();
            Way way = way(request, server, existing, isBeside(beside, target), findings);
            SortedMap<TableName, Long> expected = expected(rows, request);
            RestoreRequest settled = request.withTarget(target);
            findings.addAll(new Preflight(settled, source, server, existing, way)
                    .examine(
                            beside,
                            connector,
                            reader,
                            source.manifest().map(each -> each.server().version()),
                            expected,
                            codeFolder));
            return new RestorePlan(settled, source, target, server, client, existing, way, expected, findings);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the target");
        }
    }

    private static Way way(
            RestoreRequest request,
            ServerInfo server,
            Optional<ExistingDatabase> existing,
            boolean beside,
            List<Finding> findings) {
        if (request.content() == Content.DATA) {
            return Way.ROWS;
        }
        if (existing.isEmpty()) {
            return Way.CREATE;
        }
        if (existing.get().isEmpty() && request.elsewhere()) {
            return Way.FILL;
        }
        if (request.isPartial()) {
            return Way.ADD;
        }
        if (request.elsewhere() && !request.dropExisting() && !request.clean()) {
            return Way.FILL;
        }
        if (request.clean()) {
            return Way.CLEAN;
        }
        if (!server.createDatabases() || !existing.get().ownedByUs() || !beside) {
            findings.add(Finding.note(
                    "the role " + server.role() + " may not drop and create "
                            + request.target().database() + ": the objects inside are dropped instead",
                    "new connections cannot be kept out meanwhile: stop the application first"));
            return Way.CLEAN;
        }
        return Way.REPLACE;
    }

    private static SortedMap<TableName, Long> expected(SortedMap<TableName, Long> rows, RestoreRequest request) {
        SortedMap<TableName, Long> expected = new TreeMap<>();
        if (request.content() == Content.SCHEMA) {
            return expected;
        }
        rows.forEach((table, count) -> {
            boolean byTable = request.tables().stream().anyMatch(pattern -> pattern.matches(table));
            boolean bySchema = request.schemas().stream().anyMatch(pattern -> pattern.matchesName(table.schema()));
            if (!request.isPartial() || byTable || bySchema) {
                expected.put(table, count);
            }
        });
        return expected;
    }

    private Target settle(Target target) {
        try {
            return connector.settle(target);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.DATABASE_MISSING) {
                throw e;
            }
            String other = target.database().equals("postgres") ? "template1" : "postgres";
            return connector.settle(target.withDatabase(other)).withDatabase(target.database());
        }
    }

    /** Beside the target where the role may connect, in it otherwise. */
    private Connection openSomewhere(Target target) {
        try {
            return connector.openBeside(target, "pgkeep");
        } catch (PgkeepException e) {
            return connector.open(target, "pgkeep");
        }
    }

    private static boolean isBeside(Connection connection, Target target) throws SQLException {
        return !target.database().equals(connection.getCatalog());
    }
}
