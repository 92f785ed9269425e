package dev.pgkeep.app.config;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it can be told at once. */
final class Problems {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        if (!lines.contains(line)) {
            lines.add(line);
        }
    }

    int count() {
        return lines.size();
    }

    void throwIfAny() {
        if (lines.isEmpty()) {
            return;
        }
        throw new PgkeepException(
                ErrorCode.CONFIG_INVALID,
                lines.size() == 1
                        ? lines.getFirst()
                        : "the configuration has " + lines.size() + " problems:\n  " + String.join("\n  ", lines),
                "correct what is named; nothing was started");
    }
}
