package dev.pgkeep.postgres.schema;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The objects in the user's schemas of one database.
 *
 * @param objects by kind, then by name
 */
public record Schema(List<SchemaObject> objects) {
    /** The schema of nothing at all. */
    public static final Schema EMPTY = new Schema(List.of());

    public Schema {
        objects = objects.stream().sorted().toList();
    }

    public List<SchemaObject> ofKind(ObjectKind kind) {
        return objects.stream().filter(each -> each.kind() == kind).toList();
    }

    /** This schema without some objects. */
    public Schema without(Predicate<SchemaObject> unwanted) {
        return new Schema(objects.stream().filter(unwanted.negate()).toList());
    }

    SortedMap<SchemaObject.Key, SchemaObject> byKey() {
        SortedMap<SchemaObject.Key, SchemaObject> byKey = new TreeMap<>();
        objects.forEach(each -> byKey.put(each.key(), each));
        return Collections.unmodifiableSortedMap(byKey);
    }
}
