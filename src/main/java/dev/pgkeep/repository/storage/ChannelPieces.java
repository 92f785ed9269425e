package dev.pgkeep.repository.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Moves bytes between files and arrays a piece at a time. A channel copies what is in an array through memory of its
 * own, as large as what it is asked for, which it keeps for each thread: with packs at once that were 16 MB more each.
 */
final class ChannelPieces {
    private static final int PIECE = 1 << 16;

    private ChannelPieces() {}

    /** Fills a buffer from an offset of the file on, as far as the file goes. */
    static void read(FileChannel channel, ByteBuffer into, long offset) throws IOException {
        int end = into.limit();
        int read = 0;
        while (read >= 0 && into.position() < end) {
            into.limit(Math.min(end, into.position() + PIECE));
            read = channel.read(into, offset + into.position());
        }
        into.limit(end);
    }

    /** Writes all that is left in a buffer to where the channel is. */
    static void write(FileChannel channel, ByteBuffer content) throws IOException {
        int end = content.limit();
        while (content.position() < end) {
            content.limit(Math.min(end, content.position() + PIECE));
            channel.write(content);
        }
    }
}
