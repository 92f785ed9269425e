package dev.pgkeep.postgres.schema;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Decides which objects come and go with another one. */
final class ParentObject {
    private static final Set<ObjectKind> WITH_RIGHTS =
            EnumSet.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.SEQUENCE, ObjectKind.FUNCTION, ObjectKind.SCHEMA);

    private ParentObject() {}

    /**
     * Whether an object that is only in one schema is there because of another one that is only there too.
     *
     * @param absent the schema in which it is not
     * @param present the schema in which it is
     */
    static boolean toOtherChange(
            SchemaObject.Key key,
            Map<SchemaObject.Key, SchemaObject> absent,
            Map<SchemaObject.Key, SchemaObject> present) {
        if (key.kind() == ObjectKind.RIGHTS) {
            return WITH_RIGHTS.stream()
                    .map(kind -> new SchemaObject.Key(kind, key.schema(), "", key.name()))
                    .anyMatch(other -> present.containsKey(other) && !absent.containsKey(other));
        }
        if (key.table().isEmpty()) {
            return false;
        }
        return Set.of(ObjectKind.TABLE, ObjectKind.VIEW).stream()
                .map(kind -> new SchemaObject.Key(kind, key.schema(), "", key.table()))
                .anyMatch(other -> present.containsKey(other) && !absent.containsKey(other));
    }
}
