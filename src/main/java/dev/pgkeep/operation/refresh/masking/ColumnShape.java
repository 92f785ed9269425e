package dev.pgkeep.operation.refresh.masking;

import java.util.Locale;
import java.util.Optional;

/**
 * A column, as far as masking has to know it.
 *
 * @param name as the catalog spells it
 * @param type as SQL writes it, for people
 * @param family what can be hashed into it
 * @param limit the most characters it takes; empty for any number
 * @param freeText whether it can hold whatever a person writes: texts, JSON, XML, arrays of these
 * @param notNull whether NULL is refused
 * @param computed whether the server makes its values, so that nobody can set them
 * @param unique whether no value may occur twice in it
 */
public record ColumnShape(
        String name,
        String type,
        Family family,
        Optional<Integer> limit,
        boolean freeText,
        boolean notNull,
        boolean computed,
        boolean unique) {

    /** Types that a hash can be made to fit. */
    public enum Family {
        TEXT,
        /** Text in which capitals do not count. */
        CITEXT,
        UUID,
        BIGINT,
        INTEGER,
        SMALLINT,
        BYTEA,
        OTHER;

        /** The family by a lower-case word of the query that reads shapes. */
        public static Family of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        boolean isText() {
            return this == TEXT || this == CITEXT;
        }
    }
}
