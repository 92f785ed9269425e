package dev.pgkeep.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that migrate and guard share. */
final class GuardOptions {
    @Option(
            names = "--check",
            paramLabel = "COMMAND",
            description = "Run this afterwards; its failure is a failure of the whole (default: commands.check)")
    @Nullable
    String check;

    @Option(names = "--no-check", description = "Do not run the configured check")
    boolean noCheck;

    @Option(names = "--rollback-on-failure", description = "When it fails, go back by itself, prove it, and still fail")
    boolean rollback;

    @Option(names = "--post-backup", description = "Back up again when it went well")
    boolean postBackup;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End the command when it takes longer, for instance 10m; that is a failure")
    @Nullable
    String timeout;

    @Option(
            names = "--no-wait",
            description = "Refuse when another run is at work on the database, instead of waiting for it")
    boolean noWait;

    @Option(names = "--allow-protected", description = "Do not ask for the name of a protected database")
    boolean allowProtected;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing")
    boolean dryRun;
}
