package dev.pgkeep.restore.source;

import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.error.FileProblem;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Compression;
import dev.pgkeep.manifest.Format;
import dev.pgkeep.pack.ChunkId;
import dev.pgkeep.pack.ChunkStore;
import dev.pgkeep.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The skeleton of a backup of chunks as a file for pg_restore: private, temporary, and locked as long as it is needed,
 * so that the next run can remove what a killed one left behind.
 */
public final class Skeleton implements AutoCloseable {
    private static final String PREFIX = "pgkeep-skeleton-";
    private static final String ENDING = ".dump";
    private static final int BUFFER = 1 << 18;
    /** Files of this process. Looking at one of them would end its lock: closing a file drops all locks on it. */
    private static final Set<Path> OURS = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private Skeleton(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws PgkeepException CHUNK_DAMAGED, FILE_FAILED, INTERRUPTED */
    static Skeleton write(ChunkStore store, List<ChunkId> chunks, Cancellation cancellation) {
        try {
            // Made with mode 600: it holds large objects, and whatever else is in a schema.
            Path file = create();
            removeLeftovers(file);
            Skeleton skeleton = new Skeleton(file, FileChannel.open(file, StandardOpenOption.WRITE));
            try {
                skeleton.fill(store, chunks, cancellation);
                return skeleton;
            } catch (IOException | RuntimeException e) {
                skeleton.close();
                throw e;
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    private static Path create() throws IOException {
        synchronized (OURS) {
            Path file = Files.createTempFile(PREFIX, ENDING).toAbsolutePath();
            OURS.add(file);
            return file;
        }
    }

    /** The archive. */
    public DumpFile dump() {
        return new DumpFile(file, Format.CUSTOM, Compression.Method.NONE, false);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            // The next run tries again: nobody holds its lock any more.
        } finally {
            synchronized (OURS) {
                OURS.remove(file);
            }
        }
    }

    private void fill(ChunkStore store, List<ChunkId> chunks, Cancellation cancellation) throws IOException {
        channel.lock();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new SkeletonStream(store, chunks)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                cancellation.check();
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    private static void removeLeftovers(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, PREFIX + "*" + ENDING)) {
            synchronized (OURS) {
                for (Path other : others) {
                    if (!OURS.contains(other)) {
                        removeIfLeft(other);
                    }
                }
            }
        } catch (IOException e) {
            // Somebody else's folder: then somebody else clears it.
        }
    }

    /** An empty one may just have been made, and not be locked yet. */
    private static void removeIfLeft(Path file) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = other.size() == 0 ? null : other.tryLock();
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // In use, or not ours.
        }
    }
}
