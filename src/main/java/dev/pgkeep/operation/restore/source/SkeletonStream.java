package dev.pgkeep.operation.restore.source;

import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** The skeleton of a backup of chunks: an archive of pg_dump in the custom format, read chunk by chunk. */
final class SkeletonStream extends InputStream {
    /** The first byte of a chunk says what it is. */
    private static final int HEAD = 1;

    private final ChunkStore store;
    private final Iterator<ChunkId> chunks;
    private byte[] chunk = new byte[0];
    private int at;

    SkeletonStream(ChunkStore store, List<ChunkId> chunks) {
        this.store = store;
        this.chunks = chunks.iterator();
    }

    @Override
    public int read() {
        return fill() ? chunk[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean fill() {
        while (at >= chunk.length) {
            if (!chunks.hasNext()) {
                return false;
            }
            chunk = store.read(chunks.next());
            at = HEAD;
        }
        return true;
    }
}
