package dev.pgkeep.operation.init;

import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.init.InitPlan.PlannedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans what a project needs to use pgkeep, and writes it. */
public final class Init {
    private static final String SETTINGS = "pgkeep.toml";
    private static final String GITIGNORE = ".gitignore";

    private Init() {}

    /** The project in a folder, by what lies in it. */
    public static Project project(Path folder) {
        return ProjectDetection.of(folder);
    }

    /**
     * Looks at the folder and decides; writes nothing.
     *
     * @throws PgkeepException FILE_FAILED, NO_PERMISSION when the folder cannot be read
     */
    public static InitPlan plan(InitRequest request) {
        Project project = ProjectDetection.of(request.folder());
        var files = new ArrayList<PlannedFile>();
        var notes = new ArrayList<String>();
        settings(request, project, notes).ifPresent(files::add);
        gitignore(request, notes).ifPresent(files::add);
        return new InitPlan(project, files, new Snippets(request, project).list(), notes);
    }

    /**
     * Writes the files of a plan, keeping copies of what is replaced.
     *
     * @throws PgkeepException NO_PERMISSION, FILE_FAILED
     */
    public static void write(InitPlan plan) {
        for (PlannedFile file : plan.files()) {
            try {
                if (file.copy().isPresent()) {
                    Files.copy(file.path(), file.copy().get());
                }
                Files.writeString(file.path(), file.content());
            } catch (IOException e) {
                throw failure(e, "cannot write " + file.path());
            }
        }
    }

    private static Optional<PlannedFile> settings(InitRequest request, Project project, List<String> notes) {
        Path path = request.folder().resolve(SETTINGS);
        boolean there = Files.exists(path);
        if (there && !request.force()) {
            notes.add(path + " exists and stays as it is; --force replaces it and keeps a copy");
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (!request.repository().equals(request.folder().resolve("backups"))) {
            values.put("repository", Quoting.json(shortened(request)));
        }
        project.migrate().ifPresent(command -> values.put("commands.migrate", Quoting.json(command)));
        project.seed().ifPresent(command -> values.put("commands.seed", Quoting.json(command)));
        project.afterRestore().ifPresent(command -> values.put("commands.after-restore", Quoting.json(command)));
        return Optional.of(new PlannedFile(
                path,
                request.settingsFile().apply(values),
                there ? "replace" : "create",
                there ? Optional.of(freeName(path)) : Optional.empty()));
    }

    private static Optional<PlannedFile> gitignore(InitRequest request, List<String> notes) {
        if (!request.repository().startsWith(request.folder())
                || request.repository().equals(request.folder())) {
            notes.add("the backups lie outside of the project, so " + GITIGNORE + " stays as it is");
            return Optional.empty();
        }
        String relative = shortened(request);
        Path path = request.folder().resolve(GITIGNORE);
        String present = Files.exists(path) ? read(path) : "";
        if (present.lines().map(String::strip).anyMatch(line -> covers(line, relative))) {
            notes.add(GITIGNORE + " has the backup folder already");
            return Optional.empty();
        }
        String newline = present.contains("\r\n") ? "\r\n" : "\n";
        String line = "/" + Quoting.gitignore(relative) + "/";
        String separator = present.isEmpty() || present.endsWith("\n") ? "" : newline;
        return Optional.of(
                new PlannedFile(path, present + separator + line + newline, "add " + line, Optional.empty()));
    }

    /** Whether a line of {@code .gitignore} is for that folder. */
    private static boolean covers(String line, String relative) {
        String pattern = Quoting.gitignore(relative);
        return Stream.of("", "/", "/*", "/**")
                .anyMatch(end -> line.equals("/" + pattern + end) || line.equals(pattern + end));
    }

    private static String shortened(InitRequest request) {
        return request.repository().startsWith(request.folder())
                ? request.folder().relativize(request.repository()).toString().replace('\\', '/')
                : request.repository().toString();
    }

    private static Path freeName(Path path) {
        Path copy = path.resolveSibling(path.getFileName() + ".old");
        for (int number = 2; Files.exists(copy); number++) {
            copy = path.resolveSibling(path.getFileName() + ".old-" + number);
        }
        return copy;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw failure(e, "cannot read " + path);
        }
    }

    private static PgkeepException failure(IOException cause, String what) {
        return FileProblem.explain(
                cause, what, problem -> "check the folder and its owner, then run pgkeep init again");
    }
}
