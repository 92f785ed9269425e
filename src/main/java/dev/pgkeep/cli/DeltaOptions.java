package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that choose between replacing what differs and replacing everything. */
final class DeltaOptions {
    @Option(names = "--delta", description = "Replace only what differs from the backup, or fail")
    boolean alone;

    @Option(
            names = "--no-delta",
            description = "Replace everything (default: only what differs, where that is possible and cheaper)")
    boolean never;

    /** What they say. @throws PgkeepException USAGE when they exclude each other */
    Set<RestoreOption> options() {
        if (alone && never) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "--delta and --no-delta exclude each other", "leave both out for what is cheaper");
        }
        return never ? Set.of() : Set.of(alone ? RestoreOption.DELTA_ALONE : RestoreOption.DELTA);
    }
}
