package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.DemoJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.operation.demo.Demo;
import dev.pgkeep.operation.demo.DemoResult;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep demo}. */
@Command(
        description =
                "Shows pgkeep at work: starts a temporary PostgreSQL server, makes the database of a shop, backs it"
                        + " up, breaks it, restores it and proves that every row is back. Takes less than a minute, looks at"
                        + " nothing of yours, and leaves nothing behind.",
        footer = {"", "Examples:", "  pgkeep demo", "  pgkeep demo --keep     and play with the database afterwards"})
final class DemoCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--keep", description = "Keep the server running until Enter is pressed, and print its URL")
    boolean keep;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        if (keep && !session.console().isInteractive()) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "--keep waits for Enter, and there is no terminal", "leave --keep out");
        }
        Demo demo = new Demo(new DemoStage(session), session.surroundings().clock(), session.cancellation());
        DemoResult result = demo.run(
                programs(session.surroundings().environment()),
                session.surroundings().temporaryFolder(),
                keep);
        if (global.json) {
            session.document(Json.text(DemoJson.of(result)));
        } else {
            next(session, result);
        }
        return ExitStatus.DONE;
    }

    /** The newest server that a pg_dump of this machine can dump. */
    private static ServerPrograms programs(Map<String, String> environment) {
        int newestClient = ClientTools.find(environment, Optional.empty()).sets().stream()
                .map(ClientSet::version)
                .mapToInt(Version::major)
                .max()
                .orElse(Integer.MAX_VALUE);
        return ServerPrograms.all(environment, List.of()).stream()
                .filter(programs -> programs.major() <= newestClient)
                .findFirst()
                .orElseGet(() -> ServerPrograms.find(environment, List.of()));
    }

    private static void next(Session session, DemoResult result) {
        String time = Spans.text(Duration.ofMillis(Math.round(result.seconds() * 1000)));
        session.say("");
        session.print(
                session.style().good("✓ ") + "The demo took " + time + "; its server, database and files are removed.");
        session.say("");
        session.say(session.style().bold("Now with your own database")
                + ", in the folder of your project (a .env with the URL will do):");
        session.say("");
        session.say("  export DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE");
        session.say("  pgkeep backup            back it up, into ./backups");
        session.say("  pgkeep verify --restore  prove that the backup restores");
        session.say("  pgkeep restore latest    take the database back to it");
        session.say("  pgkeep undo              go back to before the restore");
        session.say("  pgkeep init              write a pgkeep.toml, and lines for cron, CI and npm");
    }
}
