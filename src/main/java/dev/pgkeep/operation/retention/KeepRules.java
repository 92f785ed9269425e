package dev.pgkeep.operation.retention;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rules for what is kept. With no rule at all everything is kept; with both, what any of them keeps.
 *
 * @param keepLast so many of the newest checked backups of each kind; 1 or more
 * @param olderThan lets go what is older than this; 0 or more
 * @param kind looks at this kind alone; without it at every kind, each by itself
 */
public record KeepRules(OptionalInt keepLast, Optional<Duration> olderThan, Optional<Kind> kind) {
    /** @throws PgkeepException USAGE when a rule makes no sense */
    public KeepRules {
        if (keepLast.isPresent() && keepLast.getAsInt() < 1) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "keep-last " + keepLast.getAsInt() + " would keep nothing",
                    "give 1 or more; to remove single backups: pgkeep delete BACKUP");
        }
        if (olderThan.filter(Duration::isNegative).isPresent()) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "older-than is negative", "give a span of time, for instance 30d");
        }
    }

    /** Whether any backup could go by these rules. */
    public boolean isSet() {
        return keepLast.isPresent() || olderThan.isPresent();
    }

    /** These rules for one kind alone, as they are applied after a backup of that kind. */
    public KeepRules forKind(Kind only) {
        return new KeepRules(keepLast, olderThan, Optional.of(only));
    }
}
