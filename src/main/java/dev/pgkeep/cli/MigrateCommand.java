package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.guard.GuardRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep migrate [-- COMMAND…]}. */
@Command(
        description =
                "Backs the database up, runs the migrations (the command after --, or the configured one) with the"
                        + " database in their environment, and tells what they changed. When they fail, the database stays as"
                        + " they left it, and one line takes it back. Where the code shows that nothing is pending, nothing is"
                        + " run.",
        footer = {
            "",
            "Examples:",
            "  pgkeep migrate                               commands.migrate of pgkeep.toml",
            "  pgkeep migrate -- npx prisma migrate deploy",
            "  pgkeep migrate -- flyway migrate",
            "  pgkeep migrate -- psql -v ON_ERROR_STOP=1 -1 -f 017_totals.sql",
            "  pgkeep migrate --rollback-on-failure --check 'npm test'",
            "  pgkeep undo                                  go back to before it"
        })
final class MigrateCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "What to run, after --")
    List<String> words = new ArrayList<>();

    @Mixin
    final GuardOptions options = new GuardOptions();

    @Option(names = "--always", description = "Back up and run the command although nothing is pending")
    boolean always;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        ApplicationCommand command = ApplicationCommand.choose(
                        words,
                        words.isEmpty()
                                ? pgkeep.settings().commands().migrate().map(Entrusted::allowed)
                                : Optional.empty())
                .orElseThrow(() -> unknown(pgkeep));
        return new GuardedCommandRun(session, pgkeep, options)
                .run(GuardRequest.MIGRATE, command, words.isEmpty(), always);
    }

    private static PgkeepException unknown(Pgkeep pgkeep) {
        Optional<String> likely = pgkeep.likelyMigration();
        return new PgkeepException(
                ErrorCode.USAGE,
                "nothing says how this project is migrated",
                "put the command after --: pgkeep migrate -- " + likely.orElse("npx prisma migrate deploy")
                        + "   (or into pgkeep.toml: [commands] migrate = \"…\")");
    }
}
