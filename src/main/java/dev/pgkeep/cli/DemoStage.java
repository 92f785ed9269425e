package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.Console;
import dev.pgkeep.cli.render.Paragraph;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.operation.demo.DemoEnvironment;
import dev.pgkeep.operation.demo.Figure;
import dev.pgkeep.operation.demo.Relation;
import dev.pgkeep.operation.demo.Stage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tells the demo on the console, at a pace that can be read where somebody sits there, and runs its commands. */
final class DemoStage implements Stage {
    private static final Duration BREATH = Duration.ofMillis(1200);

    private final Session session;
    private final Style style;

    DemoStage(Session session) {
        this.session = session;
        this.style = session.style();
    }

    @Override
    public void chapter(String title) {
        session.finishProgress();
        breathe();
        session.say("");
        session.say("");
        session.say(style.bold(title));
    }

    @Override
    public void say(String text) {
        session.say("");
        session.say(Paragraph.lines(text, Math.min(session.console().width(), 100) - 1));
    }

    @Override
    public void step(String what) {
        session.progress().step(what);
    }

    @Override
    public void code(List<String> lines) {
        session.say("");
        lines.forEach(
                line -> session.say(line.isBlank() ? "" : "  " + (line.startsWith("--") ? style.dim(line) : line)));
        breathe();
    }

    @Override
    public void tables(List<Relation> relations, long bytes) {
        session.say("");
        TextTable table = new TextTable("table", ">rows");
        relations.stream()
                .filter(each -> each.kind().equals("table"))
                .forEach(each -> table.row(each.name(), Sizes.count(each.rows())));
        indented(table);
        long rows = relations.stream()
                .filter(each -> each.kind().equals("table"))
                .mapToLong(Relation::rows)
                .sum();
        session.say("  " + style.dim(Sizes.count(rows, "row") + ", " + Sizes.text(bytes)));
    }

    @Override
    public void figures(List<String> headings, List<List<Figure>> columns) {
        session.say("");
        List<String> titles = new ArrayList<>(List.of(""));
        headings.forEach(heading -> titles.add(">" + heading));
        TextTable table = new TextTable(titles.toArray(String[]::new));
        for (int row = 0; row < columns.getFirst().size(); row++) {
            table.row(cells(columns, row));
        }
        indented(table);
        breathe();
    }

    private String[] cells(List<List<Figure>> columns, int row) {
        Figure first = columns.getFirst().get(row);
        List<String> cells = new ArrayList<>(List.of(first.name()));
        for (List<Figure> column : columns) {
            Figure figure = column.get(row);
            String text = figure.value().orElse("gone");
            cells.add(figure.equals(first) ? text : style.bad(text));
        }
        return cells.toArray(String[]::new);
    }

    private void indented(TextTable table) {
        table.lines(style).forEach(line -> session.say("  " + line));
    }

    @Override
    public void good(String text) {
        session.say("");
        session.say(style.good("✓ ") + text);
        breathe();
    }

    /**
     * Runs a command as the command line does it, but in the demo's folder and environment, and with failures going on
     * upwards.
     */
    @Override
    public void pgkeep(DemoEnvironment place, String... words) {
        session.say("");
        session.say(style.dim("$ ") + style.bold("pgkeep " + ShellWords.words(List.of(words))));
        breathe();
        Action action =
                Objects.requireNonNull(Commands.ALL.get(words[0])).action().get();
        List<String> arguments = new ArrayList<>(List.of(words).subList(1, words.length));
        if (session.options().quiet) {
            arguments.add("--quiet");
        }
        Help.parser(words[0], action).parseArgs(arguments.toArray(String[]::new));
        Console console = console();
        try (Session inner = new Session(surroundings(place), action.global(), console, session.cancellation())) {
            var status = action.run(inner);
            inner.finishProgress();
            if (status.number() != 0) {
                throw new PgkeepException(
                        ErrorCode.PROOF_FAILED,
                        "pgkeep " + words[0] + " found something wrong in the demo",
                        "this is a bug in pgkeep; please report it");
            }
        }
    }

    /** The console of the commands: with {@code --json} what they print is no part of the result. */
    private Console console() {
        Console outer = session.console();
        boolean silent = session.options().json || session.options().quiet;
        PrintStream out = silent
                ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
                : outer.rawOut();
        return new Console(
                out,
                outer.rawErr(),
                java.io.InputStream.nullInputStream(),
                new Console.Screen(outer.isInteractive(), style.enabled(), outer.width()),
                session.cancellation());
    }

    private ProcessContext surroundings(DemoEnvironment place) {
        Map<String, String> environment = new HashMap<>();
        for (String name : List.of("PATH", "SystemRoot", "ProgramFiles")) {
            String value = session.surroundings().environment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("DATABASE_URL", place.url());
        return new ProcessContext(
                environment,
                place.folder(),
                place.folder(),
                session.console().rawOut(),
                session.console().rawErr(),
                java.io.InputStream.nullInputStream(),
                session.console().isInteractive(),
                session.surroundings().clock(),
                session.surroundings().program());
    }

    @Override
    public void play(DemoEnvironment place) {
        session.say("");
        session.say(style.bold("The server is still there. In another terminal:"));
        session.say("");
        session.print("  export DATABASE_URL=" + ShellWords.quoted(place.url()));
        session.print("  cd " + ShellWords.word(place.folder().toString()));
        session.print("  psql \"$DATABASE_URL\"");
        session.print("  pgkeep undo");
        session.say("");
        session.console().readLine("Press Enter to remove it all: ");
    }

    /** Time to read, on a terminal. */
    private void breathe() {
        if (!session.console().isInteractive() || session.options().json || session.options().quiet) {
            return;
        }
        Thread reader = Thread.currentThread();
        try (var registration = session.cancellation().onCancel(reader::interrupt)) {
            Thread.sleep(BREATH);
        } catch (InterruptedException e) {
            throw Cancellation.interrupted();
        }
    }
}
