package dev.pgkeep.operation.reset;

import java.util.List;
import java.util.Optional;

/**
 * The plan of a reset: everything that is known before anything is touched.
 *
 * @param emptying what is lost, and how the database is made empty
 * @param newest the newest row, where one could be found quickly
 * @param steps what fills it again, in order; none when no command is configured
 * @param doubt what of a backup of it would not load: then the database itself is kept for a while
 */
public record ResetPlan(
        EmptyDatabasePlan emptying, Optional<NewestRow> newest, List<SeedCommand> steps, Optional<String> doubt) {
    public ResetPlan {
        steps = List.copyOf(steps);
    }

    public String database() {
        return emptying.target().database();
    }
}
