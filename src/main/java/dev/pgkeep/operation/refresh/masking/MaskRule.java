package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import java.util.Optional;

/**
 * The rule for some columns.
 *
 * @param table the table, with or without its schema; without, tables of that name in every schema are meant. {@code *}
 *     stands for anything
 * @param column the column; {@code *} stands for anything
 * @param mask what is done
 * @param origin where the rule was written, for people
 */
public record MaskRule(String table, String column, Mask mask, String origin) {
    boolean matches(TableName name) {
        return schema().map(glob -> glob.matches(name.schema())).orElse(true)
                && bareName().matches(name.name());
    }

    boolean matches(TableName name, String columnName) {
        return new NameGlob(column).matches(columnName) && matches(name);
    }

    /** Whether the rule names one table of a schema, or one name in every schema. */
    boolean namesTable() {
        return new NameGlob(table).isExact();
    }

    boolean namesColumn() {
        return new NameGlob(column).isExact();
    }

    /** The more exactly a rule names what it means, the stronger it is; the table counts more than the column. */
    int exactness() {
        return (namesTable() ? 4 : 0)
                + (namesColumn() ? 2 : 0)
                + (schema().filter(NameGlob::isExact).isPresent() ? 1 : 0);
    }

    private Optional<NameGlob> schema() {
        int dot = table.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new NameGlob(table.substring(0, dot)));
    }

    private NameGlob bareName() {
        return new NameGlob(table.substring(table.indexOf('.') + 1));
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
