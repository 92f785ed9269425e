package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table that both sides have.
 *
 * @param first its leaves on the first side: itself, or its partitions
 * @param second the same on the second
 * @param columns names of those that both have, in the order of the second side; they are what is compared
 * @param key places among these by which rows are matched; empty to match whole rows
 * @param forms for each column of the key, when two values of it are the same
 * @param shape as the second side has it
 * @param partitioned whether the second side has it partitioned
 */
record TablePair(
        TableName name,
        List<Leaf> first,
        List<Leaf> second,
        List<String> columns,
        List<Integer> key,
        List<KeyForm> forms,
        TableShape shape,
        boolean partitioned) {

    static TablePair of(
            TableName name,
            List<Leaf> first,
            List<Leaf> second,
            TableShape before,
            TableShape now,
            TypePrinters printers) {
        Set<String> common = new LinkedHashSet<>(names(second));
        common.retainAll(names(first));
        List<String> columns = List.copyOf(common);
        boolean keyed = !now.key().isEmpty()
                && Set.copyOf(before.key()).equals(Set.copyOf(now.key()))
                && common.containsAll(now.key());
        List<Integer> key = keyed ? now.key().stream().map(columns::indexOf).toList() : List.of();
        boolean partitioned = second.stream().anyMatch(leaf -> leaf.root().isPresent());
        List<KeyForm> forms = key.stream()
                .map(each -> form(columns.get(each), second, now, printers))
                .toList();
        return new TablePair(name, first, second, columns, key, forms, now, partitioned);
    }

    private static KeyForm form(String column, List<Leaf> leaves, TableShape shape, TypePrinters printers) {
        String locale = shape.looseTexts().get(column);
        if (locale != null) {
            return KeyForm.ofCollation(locale);
        }
        return leaves.stream()
                .limit(1)
                .flatMap(leaf -> leaf.columns().stream())
                .filter(each -> each.name().equals(column))
                .map(each -> KeyForm.ofType(each.type(), printers))
                .findFirst()
                .orElse(KeyForm.AS_WRITTEN);
    }

    private static List<String> names(List<Leaf> leaves) {
        return leaves.isEmpty()
                ? List.of()
                : leaves.getFirst().columns().stream().map(Column::name).toList();
    }

    List<String> keyNames() {
        return key.stream().map(columns::get).toList();
    }

    /** Columns that only one side has. */
    List<String> onlyOf(List<Leaf> leaves) {
        return names(leaves).stream().filter(each -> !columns.contains(each)).toList();
    }
}
