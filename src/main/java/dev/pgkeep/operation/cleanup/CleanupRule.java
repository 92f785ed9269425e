package dev.pgkeep.operation.cleanup;

import java.util.Optional;

/**
 * The rule that says which rows are to go.
 *
 * @param name of the plan; empty where it was given on the command line
 * @param description for people
 * @param table with or without its schema
 * @param where the condition, as it stands after WHERE
 * @param keys a query that gives the keys of the rows, instead of a condition
 * @param origin where it was written, for people
 */
public record CleanupRule(
        String name,
        Optional<String> description,
        String table,
        Optional<String> where,
        Optional<String> keys,
        String origin) {

    /** The rule in words, for people. */
    public String shown() {
        return where.orElseGet(() -> "key in (" + keys.orElse("") + ")");
    }
}
