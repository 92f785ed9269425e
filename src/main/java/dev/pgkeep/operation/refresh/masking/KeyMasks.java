package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Whether the two sides of a foreign key still fit together when they are masked. */
record KeyMasks(ForeignKey key, Map<TableName, SequencedMap<ColumnShape, Mask>> masked) {
    private record Side(ColumnShape column, Mask mask) {}

    /** @return whether any of its columns is masked */
    boolean check(List<String> problems) {
        boolean any = false;
        for (int i = 0; i < key.fromColumns().size(); i++) {
            Optional<Side> from = side(key.from(), key.fromColumns().get(i));
            Optional<Side> to = side(key.to(), key.toColumns().get(i));
            any |= from.isPresent() || to.isPresent();
            if (!alike(from, to)) {
                problems.add(key.from() + "." + key.fromColumns().get(i) + " (" + word(from) + ") refers to " + key.to()
                        + "." + key.toColumns().get(i) + " (" + word(to)
                        + "): both need the same mask and the same type, or null for the one that refers");
            }
        }
        return any;
    }

    private static boolean alike(Optional<Side> from, Optional<Side> to) {
        if (from.isEmpty() || to.isEmpty()) {
            return to.isEmpty() && (from.isEmpty() || from.get().mask() instanceof Mask.Null);
        }
        return from.get().mask() instanceof Mask.Null
                || from.get().mask().equals(to.get().mask())
                        && sameResult(from.get().column(), to.get().column());
    }

    private static boolean sameResult(ColumnShape from, ColumnShape to) {
        return from.family() == to.family()
                && MaskSql.hashLength(from) == MaskSql.hashLength(to)
                && MaskSql.localPart(from) == MaskSql.localPart(to);
    }

    private Optional<Side> side(TableName table, String column) {
        return masked.getOrDefault(table, new java.util.LinkedHashMap<>()).entrySet().stream()
                .filter(each -> each.getKey().name().equals(column))
                .map(each -> new Side(each.getKey(), each.getValue()))
                .findFirst();
    }

    private static String word(Optional<Side> side) {
        return side.map(each -> each.mask().word()).orElse("not masked");
    }
}
