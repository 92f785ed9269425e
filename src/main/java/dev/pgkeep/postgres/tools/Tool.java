package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.files.HostSystem;
import java.util.Locale;

/** The client programs that pgkeep uses. */
public enum Tool {
    PG_DUMP,
    PG_RESTORE,
    PG_DUMPALL;

    /** The name people know it by, for instance {@code pg_dump}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its file on this operating system. */
    String file() {
        return HostSystem.isWindows() ? text() + ".exe" : text();
    }
}
