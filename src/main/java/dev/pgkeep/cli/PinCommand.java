package dev.pgkeep.cli;

import dev.pgkeep.repository.select.BackupSelector;
import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.cli.render.PinJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep pin BACKUP…} and {@code pgkeep unpin BACKUP…}. */
@Command(
        description = "Pins backups, so that neither retention nor delete removes them; unpin takes that back.",
        footer = {"", "Examples:", "  pgkeep pin latest", "  pgkeep unpin shop_2026-11-20_143052"})
final class PinCommand implements Action {
    private final boolean pinned;

    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "1..*", paramLabel = "BACKUP", description = "latest, names, or parts that fit exactly one")
    List<String> names = new ArrayList<>();

    private PinCommand(boolean pinned) {
        this.pinned = pinned;
    }

    static PinCommand pin() {
        return new PinCommand(true);
    }

    static PinCommand unpin() {
        return new PinCommand(false);
    }

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        List<String> marked = pgkeep.pin()
                .run(
                        names,
                        new BackupSelector(pgkeep.repository(), pgkeep.databaseName())::find,
                        pinned,
                        mark -> session.say(mark.backup() + " is " + mark.type().word() + "."));
        session.answer(new PinJson(marked, pinned));
        return ExitStatus.DONE;
    }
}
