package dev.pgkeep.app.config;

import dev.pgkeep.base.units.Words;
import dev.pgkeep.operation.cleanup.CleanupRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlTable;

/** Reads the plans of cleanups: a table for each. */
final class CleanupTables {
    /** The table that holds the plans, of the file or of a profile. */
    static final String NAME = "cleanup";

    private static final Set<String> KEYS = Set.of("table", "where", "sql", "description");

    private final String shownAs;
    private final Problems problems;

    private CleanupTables(String shownAs, Problems problems) {
        this.shownAs = shownAs;
        this.problems = problems;
    }

    /**
     * The plans below {@code [cleanup]}.
     *
     * @param shownAs the name of the file, for people
     */
    static List<CleanupRule> read(TomlTable plans, String shownAs, Problems problems) {
        CleanupTables reader = new CleanupTables(shownAs, problems);
        List<CleanupRule> rules = new ArrayList<>();
        for (String name : plans.keySet()) {
            if (plans.get(List.of(name)) instanceof TomlTable plan) {
                reader.plan(name, plan).ifPresent(rules::add);
            } else {
                problems.add(reader.at(plans, name) + "plans are written as tables: [cleanup." + name + "]");
            }
        }
        return rules;
    }

    private Optional<CleanupRule> plan(String name, TomlTable plan) {
        int before = problems.count();
        for (String key : plan.keySet()) {
            if (!KEYS.contains(key)) {
                problems.add(at(plan, key) + "unknown key " + key + " of [cleanup." + name + "]"
                        + Words.nearest(key, KEYS)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are table, where, sql and description"));
            } else if (!(plan.get(List.of(key)) instanceof String text) || text.isBlank()) {
                problems.add(at(plan, key) + key + " must be a text");
            }
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        Optional<String> table = text(plan, "table");
        Optional<String> where = text(plan, "where");
        Optional<String> sql = text(plan, "sql");
        String whole = shownAs + ": [cleanup." + name + "] ";
        if (table.isEmpty()) {
            problems.add(whole + "names no table");
        } else if (where.isPresent() == sql.isPresent()) {
            problems.add(whole + "needs either where (a condition) or sql (a query that gives the keys of the rows)");
        } else {
            String origin = (where.isPresent() ? "where" : "sql") + " of [cleanup." + name + "] in " + shownAs;
            return Optional.of(new CleanupRule(name, text(plan, "description"), table.get(), where, sql, origin));
        }
        return Optional.empty();
    }

    private static Optional<String> text(TomlTable plan, String key) {
        return plan.get(List.of(key)) instanceof String text ? Optional.of(text.strip()) : Optional.empty();
    }

    private String at(TomlTable table, String key) {
        return Optional.ofNullable(table.inputPositionOf(List.of(key)))
                .map(position -> shownAs + " line " + position.line() + ": ")
                .orElse(shownAs + ": ");
    }
}
