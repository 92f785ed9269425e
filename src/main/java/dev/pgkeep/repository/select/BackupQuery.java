package dev.pgkeep.repository.select;

import java.util.List;
import java.util.Optional;

/**
 * Which backup of a repository is wanted.
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
