package dev.pgkeep.postgres.tools;

import java.util.Locale;

/** How pg_dump can compress what it writes. */
public enum ArchiveCompression {
    NONE,
    GZIP,
    LZ4,
    ZSTD;

    /** The name as pg_dump 16 and later spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
