package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.ResetJson;
import dev.pgkeep.operation.reset.Reset;
import dev.pgkeep.operation.reset.ResetOutcome;
import dev.pgkeep.operation.reset.ResetPlan;
import dev.pgkeep.postgres.tools.Version;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep reset}. */
@Command(
        description = "Begins again: backs the database up, drops it, creates an equal empty one (owner, encoding,"
                + " locale, settings, grants, extensions), and runs the configured migrate and seed commands. Without"
                + " the backup there is no reset.",
        footer = {
            "",
            "Examples:",
            "  pgkeep reset                                 shows what would be lost, and asks",
            "  pgkeep reset --dry-run",
            "  pgkeep reset --migrate 'npx prisma migrate deploy' --seed 'npm run seed'",
            "  pgkeep reset --no-seed --yes                 in a script",
            "  pgkeep undo                                  go back to before it"
        })
final class ResetCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--migrate",
            paramLabel = "COMMAND",
            description = "Brings the schema up to date (default: commands.migrate of the configuration)")
    @Nullable
    String migrate;

    @Option(
            names = "--seed",
            paramLabel = "COMMAND",
            description = "Fills it (default: commands.seed of the configuration)")
    @Nullable
    String seed;

    @Option(names = "--no-migrate", description = "Leave the database without tables; nothing is seeded either")
    boolean noMigrate;

    @Option(names = "--no-seed", description = "Do not run the seed command")
    boolean noSeed;

    @Option(
            names = "--no-extensions",
            description =
                    "Do not create the extensions again: the migrations do, and stumble over those that are there")
    boolean noExtensions;

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        checkUsage();
        Pgkeep pgkeep = session.with("commands.migrate", migrate)
                .with("commands.seed", seed)
                .pgkeep();
        Instant started = session.surroundings().clock().instant();
        Reset reset = pgkeep.reset();
        ResetPlan plan = reset.plan(
                pgkeep.target(), pgkeep.seedCommands(CommandStages.step(session), !noMigrate, !noMigrate && !noSeed));
        if (plan.emptying().isDestructive()) {
            // Nobody should have to type anything before learning that there is nothing to back up with.
            pgkeep.tools()
                    .chooseForDump(Version.ofNumber(plan.emptying().server().versionNumber()));
        }
        ResetScreen screen = new ResetScreen(session, pgkeep);
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected.given);
        screen.announce(
                plan,
                danger.protection(plan.emptying().target(), plan.emptying().isProtected()));
        if (dryRun) {
            return dryRun(session, plan);
        }
        ResetOutcome outcome =
                reset.run(plan, !noExtensions, pgkeep.settings().safety().skipBackupPrompt(), danger);
        Duration took = Duration.between(started, session.surroundings().clock().instant())
                .minus(danger.asked());
        if (global.json) {
            session.document(Json.text(ResetJson.done(plan, outcome, took)));
        } else {
            screen.summary(plan, outcome, took);
        }
        return ExitStatus.DONE;
    }

    private ExitStatus dryRun(Session session, ResetPlan plan) {
        if (global.json) {
            session.document(Json.text(ResetJson.planned(plan)));
        }
        session.say("Dry run: nothing was changed.");
        return ExitStatus.DONE;
    }

    private void checkUsage() {
        if (migrate != null && noMigrate || seed != null && (noSeed || noMigrate)) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "a command is both given and forbidden",
                    "take either --migrate and --seed, or --no-migrate and --no-seed");
        }
    }
}
