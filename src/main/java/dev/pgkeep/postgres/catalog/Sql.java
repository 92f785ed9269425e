package dev.pgkeep.postgres.catalog;

/** Quotes names and values into SQL. The result is right whatever the settings of the session are. */
public final class Sql {
    private Sql() {}

    /** A name in double quotes, always, so that capitals and reserved words survive: {@code "Order ""x"""}. */
    public static String identifier(String name) {
        refuseNul(name);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name with its schema. */
    public static String identifier(String schema, String name) {
        return identifier(schema) + "." + identifier(name);
    }

    /**
     * A text value in single quotes. With a backslash it becomes {@code E'…'}, which means the same with and without
     * {@code standard_conforming_strings}.
     */
    public static String literal(String value) {
        refuseNul(value);
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL has no text with a zero byte");
        }
    }
}
