package dev.pgkeep.postgres.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run of row positions, as the condition that selects it. */
record Tids(Optional<String> from, Optional<String> to) {
    static Tids of(CopyTable table, BlockRange range) {
        if (!table.blockRanges()) {
            return new Tids(Optional.empty(), Optional.empty());
        }
        return new Tids(
                Optional.of("ctid >= '(" + range.first() + ",0)'"),
                range.open() ? Optional.empty() : Optional.of("ctid < '(" + (range.first() + range.blocks()) + ",0)'"));
    }

    Tids before(String tid) {
        return new Tids(from, Optional.of("ctid < '" + tid + "'"));
    }

    Tids after(String tid) {
        return new Tids(Optional.of("ctid > '" + tid + "'"), to);
    }

    /** The range as a condition for WHERE. */
    String condition() {
        List<String> parts = new ArrayList<>();
        from.ifPresent(parts::add);
        to.ifPresent(parts::add);
        return parts.isEmpty() ? "true" : String.join(" AND ", parts);
    }
}
