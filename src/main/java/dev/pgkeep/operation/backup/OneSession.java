package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Version;
import java.util.List;

/**
 * Makes pg_dump alone do a backup where several sessions must not share a snapshot. Rows in chunks would be read by
 * another session than the definitions, thus not as of the same moment.
 */
final class OneSession {
    private OneSession() {}

    /** Whether sharing a snapshot would endanger the server. */
    static boolean isNeeded(ServerInfo server) {
        return server.standby() && KnownHole.STANDBY_SNAPSHOT.isIn(Version.ofNumber(server.versionNumber()));
    }

    /**
     * The request as it can be done.
     *
     * @param notes receives what is done otherwise, and why
     * @throws PgkeepException SERVER_UNSUPPORTED when it asks for several forms, which would not be of one moment
     */
    static BackupRequest of(BackupRequest request, ServerInfo server, ClientSet client, List<String> notes) {
        Version version = Version.ofNumber(server.versionNumber());
        String fixed = KnownHole.STANDBY_SNAPSHOT.fixFor(version) + " or later";
        List<Format> formats = request.formats().stream().distinct().toList();
        if (formats.size() > 1) {
            throw new PgkeepException(
                    ErrorCode.SERVER_UNSUPPORTED,
                    "several forms of one moment need sessions that share a snapshot, and "
                            + KnownHole.STANDBY_SNAPSHOT.danger() + " (PostgreSQL " + version + ")",
                    "take one --format, or back up the primary, or update the standby to " + fixed);
        }
        boolean chunked = formats.getFirst() == Format.CHUNKED;
        notes.add("one session" + (chunked ? ", and the format custom," : "") + " because "
                + KnownHole.STANDBY_SNAPSHOT.danger() + ": PostgreSQL " + version + " lacks what " + fixed + " has");
        return chunked
                ? request.as(
                        Format.CUSTOM,
                        request.compression().filter(compression -> client.supports(compression.method())))
                : request;
    }
}
