package dev.pgkeep.cli;

import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.TrustJson;
import dev.pgkeep.app.config.SettingsReader;
import dev.pgkeep.app.config.SettingsText;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.app.trust.TrustList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep trust [FILE…]}. */
@Command(
        description = "Allows files of the configuration to be read although others own them or may write them, and the"
                + " programs that they name to be run: of the files named, else of those that are read in this folder."
                + " It holds for you and for exactly what is in them now. In CI: PGKEEP_TRUST=PATH, or all.",
        footer = {
            "",
            "Examples:",
            "  pgkeep trust                     what is read in this folder",
            "  pgkeep trust --dry-run           only show what that would allow",
            "  pgkeep trust ../pgkeep.toml      this file",
            "  pgkeep trust --list              everything that you allowed",
            "  pgkeep trust --revoke            take back what you allowed here"
        })
final class TrustCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "pgkeep.toml, .env files, or a file of masking rules")
    List<Path> files = new ArrayList<>();

    @Option(names = "--list", description = "Show what is allowed, and change nothing")
    boolean list;

    @Option(names = "--revoke", description = "Take back what is allowed")
    boolean revoke;

    @Option(names = "--dry-run", description = "Show what would be allowed, but allow nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        if (list && (revoke || dryRun || !files.isEmpty()) || revoke && dryRun) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "these do not go together", "take one of --list, --revoke and --dry-run");
        }
        if (list) {
            return listed(session, session.surroundings().trustList().entries(), "Allowed: ");
        }
        return revoke ? revoke(session) : allow(session);
    }

    private ExitStatus allow(Session session) {
        Trust trust = read(session);
        if (!dryRun) {
            trust.files().forEach(file -> trust.allow(file.path()));
        }
        List<TrustJson.File> read = trust.files().stream()
                .map(file -> new TrustJson.File(
                        file.path().toString(),
                        file.objection().orElse(null),
                        trust.programs(file.path()).stream()
                                .map(program -> new TrustJson.Program(program.key(), program.shown()))
                                .distinct()
                                .toList()))
                .toList();
        if (global.json) {
            session.document(Json.text(new TrustJson(dryRun, trust.list().path().toString(), read)));
            return ExitStatus.DONE;
        }
        read.forEach(file -> {
            String objection = file.objection();
            session.say((dryRun ? "  " : session.style().good("✓ "))
                    + file.path()
                    + (objection == null ? "" : ", which " + objection + ": read as it is now")
                    + (file.programs().isEmpty() ? ": names no programs" : ": may run"));
            file.programs().forEach(program -> session.say("    " + program.key() + " = " + program.value()));
        });
        if (read.isEmpty()) {
            session.say("There is no " + SettingsText.FILE + " and no .env file here, so there is nothing to allow.");
        } else if (dryRun) {
            session.say("Dry run: nothing was allowed.");
        }
        return ExitStatus.DONE;
    }

    /** Reads what is meant without running anything of it. */
    private Trust read(Session session) {
        Trust trust = session.trust().inspecting();
        var sources = session.sources(session.flags(), trust);
        if (files.isEmpty()) {
            try {
                SettingsReader.read(sources);
            } catch (PgkeepException e) {
                if (e.code() != ErrorCode.CONFIG_INVALID) {
                    throw e;
                }
                // A variable may be missing here that is there when it counts; what the files name is known all the
                // same.
                session.progress().warn(e.getMessage());
            }
        }
        for (Path file : paths(session)) {
            try {
                SettingsReader.inspect(file, sources);
            } catch (IOException e) {
                throw FileProblem.explain(e, "cannot read " + file, problem -> "check the path, and your rights");
            }
        }
        return trust;
    }

    private List<Path> paths(Session session) {
        return files.stream()
                .map(file ->
                        session.surroundings().workingDirectory().resolve(file).normalize())
                .map(file -> Files.isDirectory(file) ? file.resolve(SettingsText.FILE) : file)
                .toList();
    }

    private ExitStatus revoke(Session session) {
        TrustList known = session.surroundings().trustList();
        List<String> meant = (files.isEmpty()
                        ? read(session).files().stream().map(Trust.Seen::path).toList()
                        : paths(session))
                .stream().map(TrustList::real).toList();
        return listed(session, known.remove(entry -> meant.contains(entry.file())), "Taken back: ");
    }

    private ExitStatus listed(Session session, Collection<TrustList.Entry> entries, String title) {
        List<TrustJson.File> shown = entries.stream()
                .collect(
                        Collectors.groupingBy(TrustList.Entry::file, java.util.LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(each -> new TrustJson.File(
                        each.getKey(),
                        each.getValue().stream().anyMatch(TrustList.Entry::isContent)
                                ? "others may have written it"
                                : null,
                        each.getValue().stream()
                                .filter(entry -> !entry.isContent())
                                .map(entry -> new TrustJson.Program(entry.key(), null))
                                .distinct()
                                .toList()))
                .toList();
        if (global.json) {
            String place = session.surroundings().trustList().path().toString();
            session.document(Json.text(new TrustJson(false, place, shown)));
            return ExitStatus.DONE;
        }
        shown.forEach(file -> session.say(title + file.path() + " ("
                + (file.objection() == null ? "" : "read although " + file.objection() + "; ")
                + (file.programs().isEmpty()
                        ? "no programs"
                        : file.programs().stream().map(TrustJson.Program::key).collect(Collectors.joining(", ")))
                + ")"));
        if (shown.isEmpty()) {
            session.say("Nothing is allowed" + (revoke ? " here, so nothing is taken back." : "."));
        }
        return ExitStatus.DONE;
    }
}
