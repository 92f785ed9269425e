package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.ProtectJson;
import dev.pgkeep.operation.protect.ProtectOutcome;
import dev.pgkeep.operation.protect.ProtectRequest;
import dev.pgkeep.postgres.connect.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep protect} and {@code pgkeep unprotect}. */
@Command(
        description = "Marks the database as protected: whatever destroys its content then wants its name typed, and"
                + " refuses without a terminal. The mark is a setting of the database, so it holds for everybody, and"
                + " no dump or backup carries it to another one. pgkeep unprotect takes it back.",
        footer = {
            "",
            "Examples:",
            "  pgkeep protect                          the configured database",
            "  pgkeep protect --profile production",
            "  pgkeep protect shop_eu                  another one of the same server",
            "  pgkeep unprotect"
        })
final class ProtectCommand implements Action {
    private final boolean protect;

    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DATABASE|URL",
            description = "Another database than the configured one")
    @Nullable
    String database;

    @Option(
            names = "--allow-protected",
            description = "With unprotect: do not ask for the name; --yes is needed all the same")
    boolean allowProtected;

    @Option(names = "--dry-run", description = "Show how it is, and change nothing")
    boolean dryRun;

    private ProtectCommand(boolean protect) {
        this.protect = protect;
    }

    static ProtectCommand protect() {
        return new ProtectCommand(true);
    }

    static ProtectCommand unprotect() {
        return new ProtectCommand(false);
    }

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Target target = database == null ? pgkeep.target() : pgkeep.targetNamed(database, "the command line");
        ProtectOutcome outcome = pgkeep.protect()
                .run(
                        new ProtectRequest(target, protect, dryRun),
                        () -> new DestructiveConfirmation(session, pgkeep, allowProtected)
                                .confirm(target, true, "end the protection of " + target.database()));
        print(session, target, outcome);
        session.answer(new ProtectJson(target.database(), target.describeServer(), protect, outcome.changed(), dryRun));
        rest(session, pgkeep, target);
        return ExitStatus.DONE;
    }

    private void print(Session session, Target target, ProtectOutcome outcome) {
        String name = session.style().bold(target.database()) + " on " + target.describeServer();
        if (!outcome.changed()) {
            session.say(name + " is " + (protect ? "protected" : "not protected") + " already.");
        } else if (dryRun) {
            session.say(name + " would be " + (protect ? "protected." : "protected no longer."));
            session.say("Dry run: nothing was changed.");
        } else if (!protect) {
            session.say(session.style().good("✓ ") + name + " is protected no longer.");
        }
        outcome.carrier().ifPresent(carrier -> {
            session.say(session.style().good("✓ ") + name + " is protected now.");
            session.say(new Facts()
                    .add("kept as", carrier.text() + "; no dump or backup carries it to another database")
                    .add("from now on", "restore, undo, reset and their like want the name typed, and refuse without")
                    .add("", "a terminal unless --allow-protected is given")
                    .add("to end it", "pgkeep unprotect")
                    .lines(session.style()));
        });
    }

    /** Tells what the mark does not say: the configuration may protect the same database. */
    private void rest(Session session, Pgkeep pgkeep, Target target) {
        if (!protect) {
            pgkeep.protection()
                    .of(target)
                    .ifPresent(why -> session.progress().warn("it stays protected by the configuration: " + why));
        }
    }
}
