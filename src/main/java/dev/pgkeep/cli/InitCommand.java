package dev.pgkeep.cli;

import dev.pgkeep.app.config.SettingsReader;
import dev.pgkeep.app.config.SettingsText;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.InitJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.operation.init.Init;
import dev.pgkeep.operation.init.InitPlan;
import dev.pgkeep.operation.init.InitPlan.Snippet;
import dev.pgkeep.operation.init.InitRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep init}. */
@Command(
        description = "Sets the project in this folder up: writes a commented pgkeep.toml, adds the backup folder to"
                + " .gitignore, and prints lines to paste for npm scripts, GitHub Actions, crontab, systemd,"
                + " PM2 and the Windows Task Scheduler. An existing pgkeep.toml stays as it is; --force replaces it"
                + " and keeps a copy.",
        footer = {
            "",
            "Examples:",
            "  pgkeep init",
            "  pgkeep init --dry-run            only show it, write nothing",
            "  pgkeep init --repo /srv/backups  with another folder for the backups"
        })
final class InitCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--dry-run", description = "Show what would be written and what to paste, but write nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        InitPlan plan = Init.plan(request(session));
        if (!dryRun) {
            Init.write(plan);
            allow(session, plan);
        }
        if (global.json) {
            session.document(Json.text(InitJson.of(plan, dryRun)));
        } else {
            files(session, plan);
            snippets(session, plan.snippets());
            next(session);
        }
        return ExitStatus.DONE;
    }

    /**
     * Allows the programs of the new file: whoever has a file written that names programs need not be asked about them;
     * what was there is another matter.
     */
    private static void allow(Session session, InitPlan plan) {
        Trust trust = session.trust();
        plan.files().stream()
                .map(InitPlan.PlannedFile::path)
                .filter(path -> path.endsWith(SettingsText.FILE))
                .forEach(path -> {
                    try {
                        SettingsReader.inspect(path, session.sources(session.flags(), trust));
                        trust.allow(path);
                    } catch (IOException | PgkeepException e) {
                        session.progress().warn(path + " is not allowed yet (" + e.getMessage() + "): pgkeep trust");
                    }
                });
    }

    private InitRequest request(Session session) {
        ProcessContext surroundings = session.surroundings();
        Path repository = session.pgkeep().settings().repository();
        String user = surroundings
                .environment()
                .getOrDefault("USER", surroundings.environment().getOrDefault("LOGNAME", "root"));
        return new InitRequest(
                surroundings.workingDirectory(),
                repository.toAbsolutePath().normalize(),
                surroundings.program(),
                user,
                global.yes,
                SettingsText::file);
    }

    private void files(Session session, InitPlan plan) {
        Style style = session.style();
        List<String> kinds = plan.project().kinds();
        session.say(style.bold("Setting up " + session.surroundings().workingDirectory())
                + (kinds.isEmpty() ? "" : ": " + String.join(", ", kinds)));
        plan.files().forEach(file -> {
            String copy = file.copy()
                    .map(kept -> ", the old one is now " + session.path(kept))
                    .orElse("");
            session.say((dryRun ? "  " : style.good("✓ ")) + session.path(file.path()) + ": " + file.what() + copy);
        });
        plan.notes().forEach(note -> session.say("  " + note));
        Facts commands = new Facts()
                .add("migrate", plan.project().migrate())
                .add("seed", plan.project().seed())
                .add("after restore", plan.project().afterRestore());
        if (!commands.isEmpty()) {
            session.say("Commands found for this project:");
            session.say(commands.lines(style));
        }
        if (dryRun) {
            session.say("Dry run: nothing was written.");
        }
    }

    /** The texts stand at the left edge, so that they can be copied as they are. */
    private static void snippets(Session session, List<Snippet> snippets) {
        for (Snippet snippet : snippets) {
            session.say("");
            session.say(session.style().bold("── " + snippet.title()) + "  "
                    + session.style().dim("(" + snippet.place() + ")"));
            session.sayText(snippet.text().stripTrailing());
        }
    }

    private static void next(Session session) {
        session.say("");
        session.say(
                session.pgkeep().settings().connection().isPresent()
                        ? "Next: pgkeep doctor, then pgkeep backup"
                        : "Next: put DATABASE_URL into .env, then pgkeep doctor and pgkeep backup");
    }
}
