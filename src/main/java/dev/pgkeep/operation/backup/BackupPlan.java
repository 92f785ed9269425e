package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import java.nio.file.Path;
import java.util.List;

/**
 * The plan of a backup: everything that is known and decided before it begins; what {@code --dry-run} prints.
 *
 * @param request what was asked for
 * @param name its name, unless another run takes it first
 * @param kind why it is made
 * @param target the database on the one server that answered
 * @param server what that server is
 * @param tools the client programs that will be used
 * @param copies the stored forms
 * @param facts what the catalog says now; read again in the snapshot
 * @param keptDatabases whether the server has databases with names of kept ones
 * @param repository where it goes
 * @param freeBytes free space there
 * @param notes what the user should know, one line each
 */
public record BackupPlan(
        BackupRequest request,
        String name,
        Kind kind,
        Target target,
        ServerInfo server,
        ClientSet tools,
        List<PlannedCopy> copies,
        DatabaseFacts facts,
        boolean keptDatabases,
        Path repository,
        long freeBytes,
        List<String> notes) {

    /** Whether one of the stored forms is chunked. */
    boolean isChunked() {
        return copies.stream().anyMatch(copy -> copy.format() == Format.CHUNKED);
    }

    /**
     * The database for programs that dump it: whatever encoding the role has set for its clients, no byte is converted.
     */
    Target targetInItsEncoding() {
        return target.inEncoding(facts.properties().encoding());
    }

    /** One stored form that is to be made: its format and its compression. */
    public record PlannedCopy(Format format, Compression compression) {
        /** The file's (or folder's) name. */
        String fileName(String backup) {
            boolean wrapped = format == Format.PLAIN;
            return backup + format.extension() + (wrapped ? compression.method().extension() : "");
        }

        @Override
        public String toString() {
            return compression.method() == Compression.Method.NONE ? format.word() : format + " " + compression;
        }
    }
}
