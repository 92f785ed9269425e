package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Dumps everything but the rows that we read ourselves, as an archive of pg_dump in the custom format without
 * compression: definitions, sequences, large objects, rows of extensions' configuration tables.
 *
 * <p>Tables are left out by their exact quoted names. Any wider pattern would cost more than rows: {@code *.*} loses
 * sequences and the refreshing of materialised views, {@code --schema-only} loses sequences and large objects.
 */
final class SkeletonDump {
    private final ChunkedDumpRequest order;
    private final String snapshot;
    private final ChunkWriter writer;
    private final ChunkTotals tally;

    SkeletonDump(ChunkedDumpRequest order, String snapshot, ChunkWriter writer, ChunkTotals tally) {
        this.order = order;
        this.snapshot = snapshot;
        this.writer = writer;
        this.tally = tally;
    }

    /** @param withoutRows tables whose rows are read by us */
    List<ChunkId> dump(Collection<TableName> withoutRows, Cancellation cancellation) {
        List<ChunkId> pieces = new ArrayList<>();
        LibpqEnvironment environment = order.target().toolEnvironment(order.application());
        try (ExcludedTableArguments leftOut =
                ExcludedTableArguments.of(withoutRows, order.tools().version(), order.encoding())) {
            ClientResult result = new ClientProcess(leftOut.addTo(command()))
                    .environment(environment.set())
                    .without(environment.unset())
                    .charset(order.encoding())
                    .stdoutTo(archive -> {
                        try (ContentDefinedChunker cutter =
                                new ContentDefinedChunker((bytes, length) -> pieces.add(put(bytes, length)))) {
                            archive.transferTo(cutter);
                        }
                    })
                    .run(cancellation);
            if (!result.ok()) {
                throw ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
            }
        }
        return pieces;
    }

    private ChunkId put(byte[] bytes, int length) {
        ChunkWriter.Added added = writer.put(bytes, 0, length);
        tally.add(added, length);
        return added.id();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(order.tools().command(Tool.PG_DUMP));
        command.add("--format=custom");
        command.add("--compress=0");
        command.add("--snapshot=" + snapshot);
        command.add("--lock-wait-timeout=" + order.lockTimeout().toMillis());
        switch (order.content()) {
            case ALL -> {}
            case SCHEMA -> command.add("--schema-only");
            case DATA -> command.add("--data-only");
        }
        command.addAll(order.filters());
        return command;
    }
}
