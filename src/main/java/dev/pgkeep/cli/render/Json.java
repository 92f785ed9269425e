package dev.pgkeep.cli.render;

import io.avaje.jsonb.Jsonb;

/** Results as JSON documents. */
public final class Json {
    private static final Jsonb JSON = Jsonb.builder().build();

    private Json() {}

    /** A record with a generated adapter, or one that says its {@link Fields}; indented. */
    @SuppressWarnings("unchecked")
    public static <T> String text(T value) {
        if (value instanceof Fields document) {
            return JSON.type(Object.class).toJsonPretty(document.fields());
        }
        return JSON.type((Class<T>) value.getClass()).toJsonPretty(value);
    }
}
