package dev.pgkeep.postgres.schema;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object of a schema.
 *
 * @param schema where it is; empty for what is in no schema (schemas themselves, extensions)
 * @param table the table that it is a part of, for columns, constraints, indexes, triggers, policies and rules
 * @param name its own name; of functions with the types of their arguments
 * @param properties what it is, under names for people ({@code type}, {@code nullable}, {@code definition}), texts as
 *     the server prints them with every name qualified; what does not apply is absent
 */
public record SchemaObject(
        ObjectKind kind, String schema, Optional<String> table, String name, SortedMap<String, String> properties)
        implements Comparable<SchemaObject> {

    public SchemaObject {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /** {@code public.orders}, {@code public.orders.total} for a part of a table, {@code shop} for a schema. */
    public String qualifiedName() {
        return owner().map(owner -> owner + "." + name).orElse(name);
    }

    /** The table or schema that it is in. */
    Optional<String> owner() {
        if (schema.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(table.map(inside -> schema + "." + inside).orElse(schema));
    }

    /** The key that tells the object from all others. */
    Key key() {
        return new Key(kind, schema, table.orElse(""), name);
    }

    @Override
    public int compareTo(SchemaObject other) {
        return key().compareTo(other.key());
    }

    record Key(ObjectKind kind, String schema, String table, String name) implements Comparable<Key> {
        private static final java.util.Comparator<Key> ORDER = java.util.Comparator.comparing(Key::kind)
                .thenComparing(Key::schema)
                .thenComparing(Key::table)
                .thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
