package dev.pgkeep.cli.render;

import io.avaje.jsonb.Jsonb;

/** Results as JSON documents. */
public final class Json {
    private static final Jsonb JSON = Jsonb.builder().build();

    private Json() {}

    /** A document that is an object, with one more field at its end; another document as it is. */
    public static String with(String document, String name, Object value) {
        String body = document.stripTrailing();
        if (!body.startsWith("{") || !body.endsWith("}")) {
            return document;
        }
        String before = body.substring(0, body.length() - 1).stripTrailing();
        return before + (before.equals("{") ? "" : ",") + "\n  \"" + name + "\": "
                + text(value).strip().replace("\n", "\n  ") + "\n}";
    }

    /** A record with a generated adapter, or one that says its {@link Fields}; indented. */
    @SuppressWarnings("unchecked")
    public static <T> String text(T value) {
        if (value instanceof Fields document) {
            return JSON.type(Object.class).toJsonPretty(document.fields());
        }
        return JSON.type((Class<T>) value.getClass()).toJsonPretty(value);
    }
}
