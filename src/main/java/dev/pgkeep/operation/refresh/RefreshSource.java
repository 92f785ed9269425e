package dev.pgkeep.operation.refresh;

import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.RunFolder;
import java.util.List;
import java.util.Optional;

/**
 * The source of a refresh: a backup of some repository, or a dump file. To be closed, which removes what was fetched.
 *
 * @param place where it is, for people
 * @param repository where it lies; for a dump file the target's own, in which it is not
 * @param backup what is restored
 * @param warnings what the user should know of the choice, one line each
 * @param fetched where it was fetched to
 */
public record RefreshSource(
        String place, Repository repository, RestoreSource backup, List<String> warnings, Optional<RunFolder> fetched)
        implements AutoCloseable {
    public RefreshSource {
        warnings = List.copyOf(warnings);
    }

    @Override
    public void close() {
        fetched.ifPresent(RunFolder::close);
    }
}
