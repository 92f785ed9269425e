package dev.pgkeep.operation.init;

import dev.pgkeep.operation.init.InitPlan.Snippet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fills the texts to paste. */
final class Snippets {
    private static final Pattern NAME = Pattern.compile("@([a-z]+)@");

    private final InitRequest request;
    private final Project project;
    private final String name;
    private final boolean windows;

    Snippets(InitRequest request, Project project) {
        this.request = request;
        this.project = project;
        this.name = Quoting.unitName(
                String.valueOf(Optional.ofNullable(request.folder().getFileName())
                        .map(Object::toString)
                        .orElse("")));
        this.windows = request.program().matches("(?i)[a-z]:\\\\.*");
    }

    List<Snippet> list() {
        return Stream.of(
                        packageJson(),
                        makefile(),
                        githubActions(),
                        crontab(),
                        service(),
                        timer(),
                        pm2(),
                        taskScheduler())
                .sorted(Comparator.comparing(snippet -> !snippet.fits()))
                .toList();
    }

    private Snippet packageJson() {
        return new Snippet(
                "package.json",
                "\"scripts\" of package.json; then: " + project.node().orElse("npm") + " run db:backup",
                fill("package-json", Map.of()),
                project.node().isPresent());
    }

    private Snippet makefile() {
        return new Snippet(
                "Makefile",
                "the Makefile; then: make db-migrate",
                fill("makefile", Map.of("migrate", migration().replace("$", "$$"))),
                Files.isRegularFile(request.folder().resolve("Makefile")));
    }

    /** The configured command where there is one, since that stands in {@code pgkeep.toml} now. */
    private String migration() {
        return project.migrate().isPresent() ? "pgkeep migrate" : "pgkeep migrate -- your migration command";
    }

    private Snippet githubActions() {
        String backups = request.repository().startsWith(request.folder())
                ? request.folder().relativize(request.repository()).toString().replace('\\', '/')
                : request.repository().toString();
        return new Snippet(
                "GitHub Actions",
                "steps of a job in .github/workflows/*.yml",
                fill(
                        "github-actions",
                        Map.of(
                                "migrate", Quoting.json(migration()),
                                "backups", Quoting.json(backups))),
                Files.isDirectory(request.folder().resolve(".github")));
    }

    private Snippet crontab() {
        return new Snippet("crontab", "crontab -e", fill("crontab", paths(Quoting::crontab)), !windows);
    }

    private Snippet service() {
        Map<String, String> values = Map.of(
                "name", Quoting.systemdPath(name),
                "user", request.user(),
                "folder", Quoting.systemdPath(request.folder().toString()),
                "program", Quoting.systemdProgram(request.program()));
        return new Snippet(
                "systemd service",
                "/etc/systemd/system/pgkeep-" + name + ".service",
                fill("systemd-service", values),
                !windows);
    }

    private Snippet timer() {
        return new Snippet(
                "systemd timer",
                "/etc/systemd/system/pgkeep-" + name + ".timer; then: sudo systemctl enable --now pgkeep-" + name
                        + ".timer",
                fill("systemd-timer", Map.of("name", Quoting.systemdPath(name))),
                !windows);
    }

    private Snippet pm2() {
        Map<String, String> values = Map.of(
                "appname", Quoting.json(name + "-backup"),
                "folder", Quoting.json(request.folder().toString()),
                "program", Quoting.json(request.program()));
        return new Snippet(
                "PM2",
                "pgkeep.config.cjs; then: pm2 start pgkeep.config.cjs && pm2 save",
                fill("pm2", values),
                project.node().isPresent());
    }

    private Snippet taskScheduler() {
        Map<String, String> values = Map.of(
                "taskname", "pgkeep " + name,
                "folder", request.folder().toString(),
                "program", request.program());
        return new Snippet(
                "Windows Task Scheduler", "a command prompt of that account", fill("task-scheduler", values), windows);
    }

    private Map<String, String> paths(UnaryOperator<String> quoting) {
        return Map.of(
                "folder", quoting.apply(request.folder().toString()), "program", quoting.apply(request.program()));
    }

    private static String fill(String template, Map<String, String> values) {
        return NAME.matcher(read(template))
                .replaceAll(match -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(match.group(1)))));
    }

    private static String read(String template) {
        try (InputStream in = Snippets.class.getResourceAsStream(template + ".txt")) {
            return new String(Objects.requireNonNull(in, template).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
