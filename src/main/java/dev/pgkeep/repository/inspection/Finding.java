package dev.pgkeep.repository.inspection;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

/**
 * A finding: one thing that is wrong with a repository.
 *
 * @param kind what it is
 * @param subject the backup or the file in question
 * @param text what is wrong, in one line
 * @param hint what to do, in one line
 */
@Json
public record Finding(Kind kind, String subject, String text, String hint) {
    /** The kind of a finding. */
    public enum Kind {
        /** Marks or runs name it, nothing of it is there, and nobody removed it. */
        BACKUP_LOST("backup-lost"),
        /** The metadata of a backup cannot be read. */
        METADATA_DAMAGED("metadata-damaged"),
        /** A pack, an index file, or what the one says of the other. */
        CHUNKS_DAMAGED("chunks-damaged"),
        /** The rows that a cleanup deleted. */
        ROWS_DAMAGED("rows-damaged"),
        /** The repository's own file. */
        HEADER_MISSING("header-missing"),
        /** A mark whose file cannot be read. */
        MARK_UNREADABLE("mark-unreadable"),
        /** A file that pgkeep did not write, in a folder of its own. */
        FILE_UNKNOWN("file-unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Json.Value
        public String word() {
            return word;
        }

        /** Whether something is lost or damaged; the others are only odd. */
        public boolean isDamage() {
            return switch (this) {
                case BACKUP_LOST, METADATA_DAMAGED, CHUNKS_DAMAGED, ROWS_DAMAGED -> true;
                case HEADER_MISSING, MARK_UNREADABLE, FILE_UNKNOWN -> false;
            };
        }
    }

    /** The first that is damage. */
    public static Optional<Finding> damage(List<Finding> findings) {
        return findings.stream().filter(each -> each.kind().isDamage()).findFirst();
    }
}
