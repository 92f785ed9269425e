package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the table that a constraint, default, trigger, rule or policy is part of. Their entries are named by the table
 * and themselves with a space between, which tells nothing when either holds spaces; the statement that drops them
 * names the table exactly.
 */
final class PartOfTable {
    private static final Set<String> TYPES = Set.of(
            "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "DEFAULT", "TRIGGER", "RULE", "POLICY", "ROW SECURITY");
    private static final String NAME = "(?:\"(?:[^\"]|\"\")*+\"|[^\\s\".;]++)";
    private static final String QUALIFIED = "(?:(" + NAME + ")\\.)?(" + NAME + ")";
    private static final Pattern ALTER = Pattern.compile(
            "ALTER (?:FOREIGN )?TABLE (?:IF EXISTS )?(?:ONLY )?" + QUALIFIED + "(?![\"\\w$]).*", Pattern.DOTALL);
    private static final Pattern DROP = Pattern.compile(
            "DROP (?:TRIGGER|RULE|POLICY) (?:IF EXISTS )?" + NAME + " ON " + QUALIFIED + ";\\s*", Pattern.DOTALL);
    /** The rule that a view is; where views depend on each other in a circle it has an entry of its own. */
    private static final String VIEW_RULE = " _RETURN";

    private PartOfTable() {}

    static boolean isPart(String type) {
        return TYPES.contains(type);
    }

    /**
     * The table that an entry is part of.
     *
     * @param entry schema and name of the entry
     * @param drop the statement that drops it
     */
    static Optional<TableName> tableOf(String type, TableName entry, String drop) {
        if (!isPart(type)) {
            return Optional.empty();
        }
        if (type.equals("ROW SECURITY")) {
            return Optional.of(entry);
        }
        if (type.equals("RULE") && entry.name().endsWith(VIEW_RULE)) {
            String view = entry.name().substring(0, entry.name().length() - VIEW_RULE.length());
            return Optional.of(new TableName(entry.schema(), view));
        }
        for (Pattern pattern : new Pattern[] {ALTER, DROP}) {
            Matcher matcher = pattern.matcher(drop);
            if (matcher.matches()) {
                String schema = matcher.group(1) == null ? entry.schema() : unquoted(matcher.group(1));
                return Optional.of(new TableName(schema, unquoted(matcher.group(2))));
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
