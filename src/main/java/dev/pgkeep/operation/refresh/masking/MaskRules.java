package dev.pgkeep.operation.refresh.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules, and how strict they are.
 *
 * @param rules of two that are equally exact, the earlier one counts
 * @param strict whether every column of free text needs a rule
 */
public record MaskRules(List<MaskRule> rules, boolean strict) {
    public static final MaskRules NONE = new MaskRules(List.of(), false);

    public MaskRules {
        rules = List.copyOf(rules);
    }

    /** Whether there is nothing to do and nothing to look at. */
    public boolean isEmpty() {
        return rules.isEmpty() && !strict;
    }

    /** These rules with stronger ones, or stricter. */
    public MaskRules with(List<MaskRule> stronger, boolean stricter) {
        List<MaskRule> all = new ArrayList<>(stronger);
        all.addAll(rules);
        return new MaskRules(all, strict || stricter);
    }

    /** The rule for a column: its table's own, else one for a table that it inherits the column from. */
    Optional<MaskRule> rule(TableShape table, String column) {
        return Stream.concat(Stream.of(table.name()), table.parents().stream())
                .flatMap(name -> rules.stream()
                        .filter(rule -> rule.matches(name, column))
                        .max(Comparator.comparingInt(MaskRule::exactness).thenComparing(this::earlier))
                        .stream())
                .findFirst();
    }

    private int earlier(MaskRule one, MaskRule other) {
        return Integer.compare(rules.indexOf(other), rules.indexOf(one));
    }
}
