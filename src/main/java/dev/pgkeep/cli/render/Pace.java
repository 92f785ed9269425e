package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Progress.Amount;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The pace of a step: how fast it goes and when it will be done. */
record Pace(String step, Instant begun) {
    /** Guesses from less than this are worth nothing. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** The pace in words, for instance {@code 62 %, 84.1 MB/s, 12 s left, public.orders}. */
    String describe(Amount amount, Instant now) {
        List<String> parts = new ArrayList<>();
        if (amount.total() > 0) {
            parts.add(percent(amount) + " %");
        }
        double seconds = Duration.between(begun, now).toMillis() / 1000.0;
        if (amount.moved() > 0 && seconds > 0.5) {
            parts.add(Sizes.text(amount.moved()) + " at " + Sizes.rate(amount.moved(), seconds));
        }
        String left = left(amount, now);
        if (!left.isEmpty()) {
            parts.add(left + " left");
        }
        if (amount.item() != null) {
            parts.add(amount.item());
        }
        return String.join(", ", parts);
    }

    long percent(Amount amount) {
        return amount.total() <= 0 ? 0 : Math.clamp(amount.done() * 100 / amount.total(), 0, 100);
    }

    private String left(Amount amount, Instant now) {
        Duration passed = Duration.between(begun, now);
        if (amount.total() <= 0 || amount.done() <= 0 || passed.compareTo(SOON) < 0) {
            return "";
        }
        double share = Math.min(1.0, (double) amount.done() / amount.total());
        return Spans.text(Duration.ofSeconds(Math.round(passed.toSeconds() * (1 - share) / share)));
    }
}
