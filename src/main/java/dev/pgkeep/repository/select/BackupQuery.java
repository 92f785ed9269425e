package dev.pgkeep.repository.select;

import java.util.List;
import java.util.Optional;

/**
 * The query for a backup of a repository.
 *
 * @param database whose; where it is not said, one of {@code likely}, or the only one there is
 * @param likely names of databases that are probably meant, best first
 * @param name of the backup, or any part of it; empty for the newest
 * @param any whether one will do that is not proven, or not even checked
 */
public record BackupQuery(Optional<String> database, List<String> likely, Optional<String> name, boolean any) {
    public BackupQuery {
        likely = List.copyOf(likely);
    }
}
