package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.guard.GuardRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep guard -- COMMAND…}. */
@Command(
        description = "Backs the database up, runs a risky command with the database in its environment, and tells what"
                + " it changed. When it fails, the database stays as it left it, and one line takes it back.",
        footer = {
            "",
            "Examples:",
            "  pgkeep guard -- psql -f fix-prices.sql",
            "  pgkeep guard -- npm run import",
            "  pgkeep guard --rollback-on-failure -- python manage.py cleanup",
            "  pgkeep guard 'zcat rows.sql.gz | psql -v ON_ERROR_STOP=1'    a line for a shell",
            "  pgkeep undo                                                  go back to before it"
        })
final class GuardCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "What to run, after --")
    List<String> words = new ArrayList<>();

    @Mixin
    final GuardOptions options = new GuardOptions();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        if (words.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "no command is given", "put it after --: pgkeep guard -- psql -f fix.sql");
        }
        return new GuardedCommandRun(session, session.pgkeep(), options)
                .run(GuardRequest.GUARD, ApplicationCommand.of(words), false, true);
    }
}
