package dev.pgkeep.cli;

import dev.pgkeep.repository.select.BackupSelector;
import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.DeleteJson;
import dev.pgkeep.operation.retention.Delete;
import dev.pgkeep.operation.retention.DeletePlan;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep delete BACKUP…}. */
@Command(
        description = "Removes backups for good. A pinned one, and the newest good one of its database, want to be"
                + " named in full.",
        footer = {
            "",
            "Examples:",
            "  pgkeep delete shop_2026-11-20_143052",
            "  pgkeep delete shop_2026-11-01 shop_2026-11-02 --yes"
        })
final class DeleteCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "1..*", paramLabel = "BACKUP", description = "Names, or parts that fit exactly one")
    List<String> names = new ArrayList<>();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Delete delete = pgkeep.delete();
        DeletePlan plan = delete.plan(names, new BackupSelector(pgkeep.repository(), pgkeep.databaseName())::find);
        plan.backups()
                .forEach(backup -> session.say(
                        "  " + backup.name() + "  " + Sizes.text(backup.bytes()) + "  " + backup.state()));
        String count = Sizes.count(plan.backups().size(), "backup");
        if (!session.options().yes) {
            session.question().confirm("delete " + count, "yes");
        }
        Delete.Outcome outcome = delete.run(plan);
        session.say("Deleted " + count + ", " + Sizes.text(outcome.freedBytes()) + " freed.");
        session.answer(DeleteJson.of(outcome));
        return ExitStatus.DONE;
    }
}
