package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The choice of what of a script is wanted, and what the server at the other end understands.
 *
 * @param part everything, the schema without rows, or the rows alone
 * @param owners whether owners of objects are set
 * @param grants whether rights on objects are granted
 * @param tables tables whose rows are wanted
 * @param sequences sequences whose values are wanted; the schema is empty where a script leaves it to the search path
 * @param settings names of all parameters that the server knows, lower-case; a script of a newer pg_dump sets others
 * @param superuser whether the restoring role may comment on what it does not own
 */
public record ScriptChoice(
        Part part,
        boolean owners,
        boolean grants,
        Predicate<TableName> tables,
        Predicate<TableName> sequences,
        Set<String> settings,
        boolean superuser) {

    /** The part of a script that is wanted. */
    public enum Part {
        ALL,
        SCHEMA,
        ROWS
    }

    /** This choice without the rows of some tables. */
    public ScriptChoice without(Set<TableName> others) {
        return new ScriptChoice(
                part,
                owners,
                grants,
                table -> !others.contains(table) && tables.test(table),
                sequences,
                settings,
                superuser);
    }

    boolean serverKnows(String setting) {
        String lower = setting.toLowerCase(Locale.ROOT);
        return settings.isEmpty() || settings.contains(lower);
    }
}
