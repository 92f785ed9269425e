package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;

/** The skeleton of a backup of chunks as a file for pg_restore: private, and there as long as it is needed. */
public final class Skeleton implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final TemporaryFile file;

    private Skeleton(TemporaryFile file) {
        this.file = file;
    }

    /** @throws PgkeepException CHUNK_DAMAGED, FILE_FAILED, DISK_FULL, INTERRUPTED */
    static Skeleton write(ChunkStore store, List<ChunkId> chunks, Cancellation cancellation) {
        // Private: it holds large objects, and whatever else is in a schema.
        Skeleton skeleton = new Skeleton(TemporaryFile.named("skeleton.dump"));
        try {
            skeleton.fill(store, chunks, cancellation);
            return skeleton;
        } catch (IOException e) {
            skeleton.close();
            throw FileProblem.ofTemporaryFile(e);
        } catch (RuntimeException e) {
            skeleton.close();
            throw e;
        }
    }

    /** The archive with the skeleton. */
    public DumpFile dump() {
        return new DumpFile(file.path(), Format.CUSTOM, Compression.Method.NONE, false);
    }

    @Override
    public void close() {
        file.close();
    }

    private void fill(ChunkStore store, List<ChunkId> chunks, Cancellation cancellation) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new SkeletonStream(store, chunks);
                OutputStream out = Files.newOutputStream(file.path())) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                cancellation.check();
                out.write(buffer, 0, length);
            }
        }
    }
}
