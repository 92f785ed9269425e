package dev.pgkeep.cli;

import dev.pgkeep.cli.render.RepairJson;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.operation.repair.Repair;
import dev.pgkeep.base.units.Sizes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep repair}. */
@Command(
        description =
                "Makes the index of chunks again from the packs, for a repository whose index was lost or damaged."
                        + " No pack is changed, and no backup removed.",
        footer = {"", "Examples:", "  pgkeep repair", "  pgkeep repair --read-all && pgkeep verify --all"})
final class RepairCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--read-all",
            description = "Read every chunk, and leave damaged ones out: the next backup stores them anew where the"
                    + " database still has them")
    boolean readAll;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Repair.Outcome outcome = session.pgkeep().repair().run(readAll);
        session.conclude("The index names " + Sizes.count(outcome.chunks(), "chunk") + " in "
                + Sizes.count(outcome.packs(), "pack") + " now.");
        session.answer(RepairJson.of(outcome));
        outcome.damaged().forEach(pack -> session.progress().warn("pack " + pack + " is damaged"));
        if (outcome.isGood()) {
            return ExitStatus.DONE;
        }
        session.say("Which backups that concerns: pgkeep verify --all");
        return ExitStatus.DAMAGED;
    }
}
