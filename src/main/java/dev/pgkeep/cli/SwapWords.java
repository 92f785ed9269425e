package dev.pgkeep.cli;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.operation.restore.swap.Swapped;
import dev.pgkeep.postgres.swap.KeptDatabase;
import java.util.Locale;
import java.util.Optional;

/** Swapped and kept databases in words. */
final class SwapWords {
    private SwapWords() {}

    static String closed(Swapped swapped) {
        double seconds = swapped.exchanged().closed().toNanos() / 1e9;
        return String.format(Locale.ROOT, "for %.2f s, while the names were exchanged", seconds)
                + (swapped.exchanged().ended() == 0
                        ? ""
                        : "; " + Sizes.count(swapped.exchanged().ended(), "connection") + " ended");
    }

    static Optional<String> kept(Swapped swapped) {
        return swapped.kept().map(old -> "kept as " + old.name() + " until " + TimeArguments.text(old.until()));
    }

    /** A line about a kept database: {@code …_kept_… (12 MB): shop until …, kept until …}. */
    static String line(KeptDatabase kept) {
        return kept.name() + (kept.bytes() < 0 ? "" : " (" + Sizes.text(kept.bytes()) + ")") + ": was "
                + kept.note().database() + " until "
                + TimeArguments.text(kept.note().since()) + ", kept until "
                + TimeArguments.text(kept.note().until());
    }
}
