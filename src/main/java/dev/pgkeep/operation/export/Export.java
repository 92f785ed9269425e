package dev.pgkeep.operation.export;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Repository;
import java.util.Optional;

/** Writes a backup in a form that needs no pgkeep. */
public final class Export {
    private final Connector connector;
    private final ClientTools tools;
    private final Repository repository;
    private final Progress progress;
    private final Cancellation cancellation;

    public Export(
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
     * Whether an export takes a server: to turn a backup into another format than it is stored in, except chunks into
     * SQL.
     */
    public static boolean needsServer(RestoreSource source, ExportRequest request) {
        return switch (source) {
            case ChunkedSource chunked -> format(source, request) != Format.PLAIN;
            case DumpSource dump -> !isCopied(dump, request);
        };
    }

    /**
     * Exports a backup.
     *
     * @param server where a scratch database may be made, when {@link #needsServer}
     * @throws PgkeepException FORMAT_UNSUPPORTED, TARGET_EXISTS, BACKUP_DAMAGED, FILE_FAILED, DISK_FULL and what kept
     *     the backup from being restored
     */
    public ExportResult run(RestoreSource source, ExportRequest request, Optional<Target> server) {
        Format format = format(source, request);
        refuseImpossible(format, request.compression());
        try (FileLockHandle backup = source.backup().map(repository::lease).orElseGet(FileLockHandle::none)) {
            if (needsServer(source, request)) {
                Target target = server.orElseThrow(() -> new PgkeepException(
                        ErrorCode.CONNECTION_UNKNOWN,
                        "there is no server for a scratch database",
                        "set DATABASE_URL or TEST_DATABASE_URL, or use --on temporary"));
                ScratchRestore scratch = new ScratchRestore(connector, tools, repository, progress, cancellation);
                return new ServerExport(scratch, connector, tools, progress, cancellation)
                        .run(source, request, format, target);
            }
            return switch (source) {
                case ChunkedSource chunked ->
                    new ScriptExport(chunked, request, reader(chunked), progress, cancellation).run();
                case DumpSource dump -> new PortableCopy(dump, request, progress, cancellation).run();
            };
        }
    }

    /** The programs that write the script best: for the server that the backup came from. */
    private ClientSet reader(ChunkedSource source) {
        return tools.chooseForRestore(
                source.archive(), Version.ofNumber(source.metadata().server().versionNumber()));
    }

    private static Format format(RestoreSource source, ExportRequest request) {
        return request.format().orElseGet(() -> switch (source) {
            case ChunkedSource chunked -> Format.PLAIN;
            case DumpSource dump -> dump.dump().format();
        });
    }

    private static boolean isCopied(DumpSource source, ExportRequest request) {
        boolean same = request.format().isEmpty()
                || request.format().get() == source.dump().format();
        boolean compressed = request.compression().isEmpty()
                || source.dump().format() == Format.PLAIN
                        && request.compression().get().method() == source.dump().wrapping();
        return same && compressed && request.owners() && request.grants();
    }

    private static void refuseImpossible(Format format, Optional<Compression> compression) {
        boolean compressed = compression
                .filter(each -> each.method() != Compression.Method.NONE)
                .isPresent();
        boolean lz4 = compression
                .filter(each -> each.method() == Compression.Method.LZ4)
                .isPresent();
        if (format == Format.CHUNKED) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "chunks are no portable format",
                    "export as plain, custom, tar or directory");
        }
        if (format == Format.TAR && compressed || format == Format.PLAIN && lz4) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "the format " + format + " cannot be compressed so",
                    format == Format.TAR ? "leave --compress out" : "use gzip or zstd");
        }
    }
}
