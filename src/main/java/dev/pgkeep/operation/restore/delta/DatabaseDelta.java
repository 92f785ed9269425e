package dev.pgkeep.operation.restore.delta;

import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.repository.contents.TableContents;
import java.util.List;

/**
 * What takes a database back to a backup, where most of it is as it was.
 *
 * @param staying bytes of tables that stay as they are, as they lie on the server
 * @param replaced bytes of what goes or comes back, about
 * @param tables how many tables are touched
 * @param going rows that were written since and go
 * @param coming rows that come back out of the backup
 * @param dumping client programs that can dump the database
 * @param needed what must be read of the backup: tables with those extents alone
 */
public record DatabaseDelta(
        long staying,
        long replaced,
        int tables,
        long going,
        long coming,
        ClientSet dumping,
        List<TableContents> needed) {
    /** Below so many bytes, everything is replaced as fast. */
    private static final long WORTHWHILE = 16 << 20;

    /** Beyond one part in so many, replacing everything is as fast. */
    private static final int PART = 4;

    public DatabaseDelta {
        needed = List.copyOf(needed);
    }

    /** Whether it is cheaper than replacing everything. */
    public boolean isCheaper() {
        return PART * replaced <= staying + replaced;
    }

    /** Whether a database is so large that finding out what differs may pay. @param bytes of its tables */
    public static boolean isWorthLooking(long bytes) {
        return bytes >= WORTHWHILE;
    }
}
