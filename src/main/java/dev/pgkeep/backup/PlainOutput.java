package dev.pgkeep.backup;

import com.github.luben.zstd.ZstdOutputStream;
import dev.pgkeep.manifest.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** Writes the script of pg_dump to its file, compressed while it streams. */
final class PlainOutput {
    private static final int BUFFER = 1 << 17;
    private static final int ZSTD_LEVEL = 3;
    private static final int GZIP_LEVEL = 6;

    private PlainOutput() {}

    static void write(InputStream script, Path file, Compression compression) throws IOException {
        try (OutputStream out = compressed(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), compression)) {
            byte[] buffer = new byte[BUFFER];
            for (int length = script.read(buffer); length >= 0; length = script.read(buffer)) {
                out.write(buffer, 0, length);
            }
        }
    }

    private static OutputStream compressed(OutputStream raw, Compression compression) throws IOException {
        Integer level = compression.level();
        return switch (compression.method()) {
            case NONE -> raw;
            case GZIP -> new LevelledGzip(raw, level == null ? GZIP_LEVEL : level);
            case ZSTD -> {
                ZstdOutputStream zstd =
                        new ZstdOutputStream(new BufferedOutputStream(raw, BUFFER), level == null ? ZSTD_LEVEL : level);
                // Frames carry a checksum, so that a flipped bit is found with nothing but the zstd command.
                zstd.setChecksum(true);
                yield zstd;
            }
            case LZ4 -> throw new IllegalArgumentException("a plain script is never compressed with lz4");
        };
    }

    /** The JDK offers no level for gzip but to subclasses. */
    private static final class LevelledGzip extends GZIPOutputStream {
        private LevelledGzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER);
            def.setLevel(level);
        }
    }
}
