package dev.pgkeep.operation.export;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.CompressedScript;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.postgres.tools.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restores a backup into a scratch database and lets pg_dump write it from there. */
final class ServerExport {
    private final ScratchRestore scratch;
    private final Connector connector;
    private final ClientTools tools;
    private final Progress progress;
    private final Cancellation cancellation;

    ServerExport(
            ScratchRestore scratch,
            Connector connector,
            ClientTools tools,
            Progress progress,
            Cancellation cancellation) {
        this.scratch = scratch;
        this.connector = connector;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    ExportResult run(RestoreSource source, ExportRequest request, Format format, Target server) {
        Compression.@Nullable Method wrapping = format == Format.PLAIN
                ? request.compression().orElse(Compression.NONE).method()
                : null;
        String ending = format.extension() + (wrapping == null ? "" : wrapping.extension());
        Path place = Scripts.place(request.to(), source.name() + ending);
        try (Draft draft = new Draft(place, request.overwrite())) {
            Comparison comparison = scratch.run(source, server, request.owners() || request.grants(), database -> {
                progress.step("Dumping as " + format.word());
                dump(database, request, format, draft.path());
            });
            try {
                long bytes = draft.commit();
                return new ExportResult(
                        source.name(),
                        format.word(),
                        place,
                        comparison.tables(),
                        comparison.rows(),
                        bytes,
                        List.of(),
                        wrapping == null ? Scripts.pgRestore(place) : Scripts.psql(place, wrapping));
            } catch (IOException e) {
                throw draft.failure(e);
            }
        }
    }

    private void dump(Target database, ExportRequest request, Format format, Path file) {
        ServerInfo from = server(database);
        ClientSet client = client(Version.ofNumber(from.versionNumber()));
        List<String> command = new ArrayList<>(client.command(Tool.PG_DUMP));
        command.add("--format=" + format.word());
        if (!request.owners()) {
            command.add("--no-owner");
        }
        if (!request.grants()) {
            command.add("--no-privileges");
        }
        if (format == Format.CUSTOM || format == Format.DIRECTORY) {
            request.compression().ifPresent(wish -> command.add(client.compressOption(wish)));
        }
        if (format != Format.PLAIN) {
            command.add("--file=" + file);
        }
        LibpqEnvironment environment = database.inEncoding(from.encoding()).toolEnvironment("pgkeep export");
        ClientProcess process =
                new ClientProcess(command).environment(environment.set()).without(environment.unset());
        if (format == Format.PLAIN) {
            process.stdoutTo(script -> {
                try (OutputStream out = CompressedScript.open(
                        Draft.create(file), request.compression().orElse(Compression.NONE))) {
                    out.write(database.headOfScripts().getBytes(StandardCharsets.US_ASCII));
                    script.transferTo(out);
                }
            });
        }
        ClientResult result = process.run(cancellation);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
        }
    }

    /**
     * The client for a server, no newer than that where possible: who has such a server has programs that read such an
     * archive.
     */
    private ClientSet client(Version server) {
        ClientSet newest = tools.chooseForDump(server);
        return tools.configured().isPresent()
                ? newest
                : tools.sets().stream()
                        .filter(set -> set.version().major() == server.major())
                        .findFirst()
                        .orElse(newest);
    }

    private ServerInfo server(Target database) {
        try (Connection connection = connector.open(database, "pgkeep export")) {
            return new Catalog(connection).server();
        } catch (SQLException e) {
            throw new PgkeepException(ErrorCode.SERVER_LOST, "the connection could not be closed", "run it again", e);
        }
    }
}
