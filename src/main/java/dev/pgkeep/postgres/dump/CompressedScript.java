package dev.pgkeep.postgres.dump;

import com.github.luben.zstd.ZstdOutputStream;
import dev.pgkeep.format.manifest.Compression;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes a script compressed as a whole, so that {@code gzip -dc} or {@code zstd -dc} gives it back. */
public final class CompressedScript {
    private static final int BUFFER = 1 << 17;
    private static final int ZSTD_LEVEL = 3;
    private static final int GZIP_LEVEL = 6;

    private CompressedScript() {}

    /** @throws IllegalArgumentException for lz4, with which no script is compressed */
    public static OutputStream open(OutputStream raw, Compression compression) throws IOException {
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
