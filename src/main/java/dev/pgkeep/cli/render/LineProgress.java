package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Progress for pipes and logs: a line for each step, and one every few seconds while a step takes long. */
public final class LineProgress implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Console console;
    private final Clock clock;
    private Pace pace;
    private Instant lastLine;
    private boolean brief;
    private boolean named = true;

    public LineProgress(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
        this.pace = new Pace("", clock.instant());
        this.lastLine = clock.instant();
    }

    @Override
    public synchronized void step(String what) {
        pace = new Pace(what, clock.instant());
        lastLine = clock.instant();
        named = !brief;
        if (named) {
            console.err().line(what);
        }
    }

    /** Tells only steps that take long from now on: there are many of them, each with a result of its own. */
    public synchronized void beBrief() {
        brief = true;
    }

    @Override
    public synchronized void advance(Amount amount) {
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(EVERY) >= 0) {
            lastLine = now;
            if (!named) {
                console.err().line(pace.step());
                named = true;
            }
            console.err().line("  " + pace.describe(amount, now));
        }
    }

    @Override
    public synchronized void note(String line) {
        console.err().message("note: ", line);
    }

    @Override
    public synchronized void warn(String line) {
        console.err().message("warning: ", line);
    }
}
