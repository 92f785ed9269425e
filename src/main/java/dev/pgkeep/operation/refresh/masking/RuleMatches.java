package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.base.units.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether every rule means something: one that does not is a slip of the pen, and what it should hide would show. */
record RuleMatches(MaskRules rules, DatabaseShape database, List<String> problems) {
    /** @return one line for each pattern without a match */
    List<String> check() {
        List<String> notes = new ArrayList<>();
        for (MaskRule rule : rules.rules()) {
            List<TableShape> tables = database.tables().stream()
                    .filter(table -> rule.matches(table.name()))
                    .toList();
            Optional<TableShape> partition = tables.stream()
                    .filter(table -> table.partitionOf().isPresent())
                    .findFirst();
            boolean column = tables.stream()
                    .flatMap(table -> table.columns().stream())
                    .anyMatch(each -> new NameGlob(rule.column()).matches(each.name()));
            if (tables.isEmpty() && rule.namesTable()) {
                problems.add(rule.origin() + ": there is no table " + rule.table() + near(rule));
            } else if (rule.namesTable()
                    && partition.isPresent()
                    && tables.stream().allMatch(table -> table.partitionOf().isPresent())) {
                problems.add(rule.origin() + ": " + rule.table() + " is a partition: write the rule for "
                        + partition.get().partitionOf().orElseThrow());
            } else if (!column && rule.namesTable() && rule.namesColumn()) {
                problems.add(rule.origin() + ": " + rule.table() + " has no column " + rule.column()
                        + near(rule.column(), tables));
            } else if (!column) {
                notes.add(rule.origin() + ": nothing matches " + rule);
            }
        }
        return notes;
    }

    private String near(MaskRule rule) {
        boolean qualified = rule.table().contains(".");
        return suggestion(Words.nearest(
                rule.table(),
                database.tables().stream()
                        .map(table -> qualified
                                ? table.name().toString()
                                : table.name().name())
                        .toList()));
    }

    private static String near(String column, List<TableShape> tables) {
        return suggestion(Words.nearest(
                column,
                tables.stream()
                        .flatMap(table -> table.columns().stream())
                        .map(ColumnShape::name)
                        .toList()));
    }

    private static String suggestion(Optional<String> near) {
        return near.map(word -> "; did you mean " + word + "?").orElse("");
    }
}
