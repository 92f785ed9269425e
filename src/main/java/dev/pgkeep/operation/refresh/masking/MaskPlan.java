package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The plan of masking, known to fit the database.
 *
 * @param tables in the order of the database
 * @param foreignKeys those that hold masked columns: they have to go while values change
 * @param notes what is odd about the rules, one line each
 */
public record MaskPlan(List<MaskedTable> tables, List<ForeignKey> foreignKeys, List<String> notes) {
    public MaskPlan {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        notes = List.copyOf(notes);
    }

    /**
     * Plans the masking of a database.
     *
     * @throws PgkeepException MASKING_INVALID naming every rule that does not fit; MASKING_INCOMPLETE naming every
     *     column of free text without a rule, where the rules are strict
     */
    public static MaskPlan of(MaskRules rules, DatabaseShape database) {
        return new Planning(rules, database).plan();
    }

    /** The number of columns that are masked. */
    public int columns() {
        return tables.stream().mapToInt(table -> table.columns().size()).sum();
    }

    private static final class Planning {
        private final MaskRules rules;
        private final DatabaseShape database;
        private final List<String> problems = new ArrayList<>();
        private final List<String> unruled = new ArrayList<>();
        private final Map<TableName, SequencedMap<ColumnShape, Mask>> masked = new LinkedHashMap<>();

        Planning(MaskRules rules, DatabaseShape database) {
            this.rules = rules;
            this.database = database;
        }

        MaskPlan plan() {
            List<String> notes = new RuleMatches(rules, database, problems).check();
            List<MaskedTable> tables = database.tables().stream()
                    .filter(table -> table.partitionOf().isEmpty())
                    .map(this::table)
                    .filter(table -> !table.columns().isEmpty())
                    .toList();
            database.tables()
                    .forEach(table -> table.partitionOf()
                            .map(masked::get)
                            .ifPresent(columns -> masked.put(table.name(), columns)));
            List<ForeignKey> keys = database.foreignKeys().stream()
                    .filter(key -> new KeyMasks(key, masked).check(problems))
                    .toList();
            throwIfAny();
            return new MaskPlan(tables, keys, notes);
        }

        private MaskedTable table(TableShape table) {
            SequencedMap<ColumnShape, Mask> columns = new LinkedHashMap<>();
            for (ColumnShape column : table.columns()) {
                rules.rule(table, column.name())
                        .ifPresentOrElse(
                                rule -> {
                                    if (!(rule.mask() instanceof Mask.Keep) && fits(table, column, rule)) {
                                        columns.put(column, rule.mask());
                                    }
                                },
                                () -> {
                                    if (rules.strict() && column.freeText() && !column.computed()) {
                                        unruled.add(table.name() + "." + column.name() + " (" + column.type() + ")");
                                    }
                                });
            }
            masked.put(table.name(), columns);
            return new MaskedTable(table.name(), table.partitioned(), columns);
        }

        /** A pattern that happens to match a computed column means the others. */
        private boolean fits(TableShape table, ColumnShape column, MaskRule rule) {
            if (column.computed() && !rule.namesColumn()) {
                return false;
            }
            var problem = new ColumnCheck(column).problem(rule.mask());
            problem.ifPresent(
                    text -> problems.add(rule.origin() + ": " + table.name() + "." + column.name() + " " + text));
            return problem.isEmpty();
        }

        private void throwIfAny() {
            if (!problems.isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.MASKING_INVALID,
                        problems.size() == 1
                                ? problems.getFirst()
                                : problems.size() + " masking rules do not fit:\n  " + String.join("\n  ", problems),
                        "correct the rules; nothing was changed");
            }
            if (!unruled.isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.MASKING_INCOMPLETE,
                        (unruled.size() == 1
                                        ? "one column of text has no masking rule"
                                        : unruled.size() + " columns of text have no masking rule")
                                + ":\n  " + String.join("\n  ", unruled),
                        "give each a rule, \"keep\" where it holds nothing to hide; nothing was changed");
            }
        }
    }
}
