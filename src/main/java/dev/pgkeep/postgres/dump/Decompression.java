package dev.pgkeep.postgres.dump;

import com.github.luben.zstd.ZstdInputStream;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Compression.Method;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Compressed files: recognised by their first bytes, and read to the end of every member or frame in them. */
final class Decompression {
    private static final int BUFFER = 1 << 16;

    private Decompression() {}

    static Method methodOf(byte[] head) {
        if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            return Method.GZIP;
        }
        // What pzstd writes begins with a frame to skip, which lz4 knows, too: there is nobody who writes it there.
        if (head.length >= 4 && (littleEndian(head) == 0xFD2FB528 || (littleEndian(head) & ~0xf) == 0x184D2A50)) {
            return Method.ZSTD;
        }
        if (head.length >= 4 && littleEndian(head) == 0x184D2204) {
            return Method.LZ4;
        }
        return Method.NONE;
    }

    /** @throws IOException when the stream is cut off or damaged, at once or while it is read */
    static InputStream open(InputStream raw, Method method) throws IOException {
        return switch (method) {
            case NONE -> raw;
            case GZIP -> new GzipMembers(raw, BUFFER);
            case ZSTD -> new ZstdInputStream(new ZstdFrames(new BufferedInputStream(raw, BUFFER)));
            case LZ4 ->
                throw new PgkeepException(
                        ErrorCode.FORMAT_UNKNOWN,
                        "the file is compressed with lz4, which pgkeep does not read",
                        "decompress it first: lz4 -d FILE");
        };
    }

    static PgkeepException damaged(Path path, IOException e) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                path + " is cut off or damaged (" + e.getMessage() + ")",
                "choose another backup: pgkeep list",
                e);
    }

    private static int littleEndian(byte[] bytes) {
        return (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 24;
    }
}
