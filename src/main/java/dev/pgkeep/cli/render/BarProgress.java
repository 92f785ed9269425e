package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Progress on a terminal: one line that moves, and stays with a tick and its time when the step is done. */
public final class BarProgress implements Progress, AutoCloseable {
    private static final Duration REFRESH = Duration.ofMillis(100);
    private static final int BAR = 24;
    private static final int NARROW_BAR = 8;

    private final Console console;
    private final Clock clock;
    private Pace pace;
    private Instant lastDraw = Instant.MIN;
    private boolean open;
    private boolean brief;

    public BarProgress(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
        this.pace = new Pace("", clock.instant());
    }

    @Override
    public synchronized void step(String what) {
        finish();
        pace = new Pace(what, clock.instant());
        open = true;
        draw(what + " …");
    }

    @Override
    public synchronized void advance(Amount amount) {
        Instant now = clock.instant();
        if (!open || Duration.between(lastDraw, now).compareTo(REFRESH) < 0) {
            return;
        }
        lastDraw = now;
        String text = pace.describe(amount, now);
        int room = console.width() - Paragraph.columns(pace.step() + text) - 5;
        String bar =
                amount.total() > 0 ? " [" + bar(pace.percent(amount), Math.clamp(room, NARROW_BAR, BAR)) + "]" : " …";
        draw(pace.step() + bar + " " + text);
    }

    @Override
    public synchronized void note(String line) {
        above("  ", line, console.style()::dim);
    }

    @Override
    public synchronized void warn(String line) {
        above("! ", line, console.style()::warning);
    }

    /** Leaves nothing of steps that are done from now on: there are many of them, each with a result of its own. */
    public synchronized void beBrief() {
        brief = true;
    }

    /** Ends the last step as done. */
    public synchronized void finish() {
        if (open && brief) {
            erase();
            open = false;
        } else if (open) {
            Duration took = Duration.between(pace.begun(), clock.instant());
            erase();
            console.err()
                    .line(console.style().good("✓ ")
                            + pace.step()
                            + (took.compareTo(REFRESH) < 0
                                    ? ""
                                    : console.style().dim("  " + Spans.text(took))));
            open = false;
        }
    }

    /** Leaves the last step as it is: it did not end well. */
    @Override
    public synchronized void close() {
        if (open) {
            erase();
            console.err().line(console.style().bad("✗ ") + pace.step());
            open = false;
        }
    }

    private void above(String sign, String text, UnaryOperator<String> style) {
        erase();
        String before = sign;
        for (String line : text.split("\\R", -1)) {
            console.err().line(style.apply(before + line));
            before = "  ";
        }
        if (open) {
            draw(pace.step() + " …");
        }
    }

    private void draw(String line) {
        int most = Math.max(20, console.width() - 1);
        String shown = Style.visible(line);
        int length = shown.codePointCount(0, shown.length());
        console.err().draw(length > most ? shown.substring(0, shown.offsetByCodePoints(0, most - 1)) + "…" : shown);
    }

    private void erase() {
        console.err().erase();
    }

    private static String bar(long percent, int width) {
        int full = (int) (percent * width / 100);
        return "█".repeat(full) + "░".repeat(width - full);
    }
}
