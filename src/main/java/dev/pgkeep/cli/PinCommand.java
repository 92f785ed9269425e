package dev.pgkeep.cli;

import dev.pgkeep.repository.select.BackupSelector;
import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.StoredBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep pin BACKUP…} and {@code pgkeep unpin BACKUP…}. */
@Command(
        description = "Pins backups, so that neither retention nor delete removes them; unpin takes that back.",
        footer = {"", "Examples:", "  pgkeep pin latest", "  pgkeep unpin shop_2026-11-20_143052"})
final class PinCommand implements Action {
    private final Mark.Type mark;

    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "1..*", paramLabel = "BACKUP", description = "latest, names, or parts that fit exactly one")
    List<String> names = new ArrayList<>();

    private PinCommand(Mark.Type mark) {
        this.mark = mark;
    }

    static PinCommand pin() {
        return new PinCommand(Mark.Type.PINNED);
    }

    static PinCommand unpin() {
        return new PinCommand(Mark.Type.UNPINNED);
    }

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        BackupSelector selection = new BackupSelector(pgkeep.repository(), pgkeep.databaseName());
        List<StoredBackup> backups = names.stream().map(selection::find).toList();
        for (StoredBackup backup : backups) {
            pgkeep.repository()
                    .mark(new Mark(
                            backup.name(), mark, session.surroundings().clock().instant(), Map.of()));
            session.say(backup.name() + " is " + mark.word() + ".");
        }
        return ExitStatus.DONE;
    }
}
