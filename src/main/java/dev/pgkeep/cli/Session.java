package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.progress.TimedProgress;
import dev.pgkeep.cli.render.BarProgress;
import dev.pgkeep.cli.render.Console;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.LineProgress;
import dev.pgkeep.cli.render.Paragraph;
import dev.pgkeep.cli.render.Question;
import dev.pgkeep.cli.render.QuietProgress;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.operation.restore.ScratchServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of one command: its options, its console, its progress, and pgkeep wired for it. */
final class Session implements AutoCloseable {
    private final ProcessContext surroundings;
    private final GlobalOptions options;
    private final Console console;
    private final Cancellation cancellation;
    private final Progress progress;
    private final TimedProgress timed;
    private final Map<String, String> flags = new HashMap<>();
    private @Nullable Pgkeep pgkeep;
    private @Nullable Trust trust;
    private final Instant began;
    private boolean answered;

    Session(ProcessContext surroundings, GlobalOptions options, Console console, Cancellation cancellation) {
        this.surroundings = surroundings;
        this.began = surroundings.clock().instant();
        this.options = options;
        this.console = console;
        this.cancellation = cancellation;
        this.progress = options.quiet
                ? new QuietProgress(console)
                : console.isInteractive()
                        ? new BarProgress(console, surroundings.clock())
                        : new LineProgress(console, surroundings.clock());
        this.timed = new TimedProgress(progress, new Phases(Timings::cpuNanos));
        flags.putAll(options.flags());
    }

    /** Sets a key of the configuration from an option of the command, where the option was given. */
    Session with(String key, @Nullable Object value) {
        if (value != null) {
            flags.put(key, value.toString());
        }
        return this;
    }

    /** Pgkeep wired from all options; the configuration is read on the first call. */
    Pgkeep pgkeep() {
        Pgkeep made = pgkeep;
        if (made == null) {
            made = timed.phases().during("configuration", () -> open(flags));
            made.settings().notes().forEach(progress::note);
            pgkeep = made;
        }
        return made;
    }

    /** Pgkeep wired with other flags, for another profile or another database. */
    Pgkeep open(Map<String, String> otherFlags) {
        return Pgkeep.open(sources(otherFlags, trust()), surroundings.clock(), timed, cancellation);
    }

    Sources sources(Map<String, String> otherFlags, Trust trust) {
        return new Sources(
                surroundings.environment(), surroundings.workingDirectory(), surroundings.home(), otherFlags, trust);
    }

    /** The trust that says what may be read and run; asks on a terminal. */
    Trust trust() {
        Trust made = trust;
        if (made == null) {
            made = Trust.of(
                    surroundings.account(),
                    surroundings.trustList(),
                    surroundings.environment().getOrDefault(Trust.VARIABLE, ""),
                    surroundings.workingDirectory(),
                    new TrustQuestion(this));
            trust = made;
        }
        return made;
    }

    Map<String, String> flags() {
        return Map.copyOf(flags);
    }

    ProcessContext surroundings() {
        return surroundings;
    }

    GlobalOptions options() {
        return options;
    }

    Console console() {
        return console;
    }

    Style style() {
        return console.style();
    }

    Progress progress() {
        return timed;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Question question() {
        return new Question(console);
    }

    /** Prints a line of the result for people; nothing with {@code --json}. */
    void say(String line) {
        if (!options.json && !options.quiet) {
            finishProgress();
            console.out().line(new HintCommands(options).in(line));
        }
    }

    /** Says a text of several lines, with the tabs that it has. */
    void sayText(String text) {
        if (!options.json && !options.quiet) {
            document(text);
        }
    }

    /** A path for people: relative where it lies below the working folder. */
    String path(Path path) {
        Path here = surroundings.workingDirectory();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    void say(List<String> lines) {
        lines.forEach(this::say);
    }

    /** The one line that says it went well; nothing with {@code -q}, and nothing with {@code --json}. */
    void conclude(String line) {
        if (!options.quiet) {
            print(line);
        }
    }

    /** A line that matters even with {@code -q}: what was asked for. Nothing with {@code --json}. */
    void print(String line) {
        finishProgress();
        if (!options.json) {
            console.out().line(line);
        }
    }

    /** Answers with a JSON document, where {@code --json} asks for one; that is then all that stdout gets. */
    void answer(Object document) {
        if (options.json) {
            document(Json.text(document));
        }
    }

    /** A result for programs: JSON, or a script. It matters even with {@code -q}. */
    void document(String text) {
        finishProgress();
        answered = true;
        console.out()
                .document(
                        options.json && options.timings
                                ? Json.with(text, "timings", timings().json())
                                : text);
    }

    /** Tells where the time went, where {@code --timings} asks and no document has told. */
    void tellTimings() {
        if (options.timings && !(options.json && answered)) {
            finishProgress();
            timings().lines(console.style()).forEach(console.err()::line);
        }
    }

    private Timings timings() {
        Pgkeep made = pgkeep;
        return Timings.of(
                timed.phases(),
                Duration.between(began, surroundings.clock().instant()),
                made == null ? Optional.empty() : made.serverVersion());
    }

    /** Whether a document was printed: what fails after it is told on stderr alone. */
    boolean hasAnswered() {
        return answered;
    }

    /** Data for programs, to the letter where nobody sits. */
    void data(String text) {
        finishProgress();
        try {
            OutputStream out = console.data();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // As with every result, whether it could be written is looked at in the end.
        }
    }

    /** Prints a sentence, on a terminal broken between words. */
    void printBroken(String sentence) {
        int width = console.isInteractive() ? console.width() - 3 : Integer.MAX_VALUE;
        String before = "";
        for (String line : Paragraph.lines(sentence, width)) {
            print(before + line);
            before = "  ";
        }
    }

    /** Steps leave no lines of their own any more. */
    void beBrief() {
        switch (progress) {
            case BarProgress bar -> bar.beBrief();
            case LineProgress lines -> lines.beBrief();
            default -> {}
        }
    }

    /** Ends the moving line as done. */
    void finishProgress() {
        if (progress instanceof BarProgress bar) {
            bar.finish();
        }
    }

    /** Ends the moving line as it is. */
    @Override
    public void close() {
        if (progress instanceof BarProgress bar) {
            bar.close();
        }
    }

    /** The server for scratch databases, where a command has {@code --on}. */
    ScratchServer scratchServer(Pgkeep pgkeep, @Nullable String on) {
        return pgkeep.scratchServer(on == null ? "same" : on, surroundings().temporaryFolder());
    }
}
