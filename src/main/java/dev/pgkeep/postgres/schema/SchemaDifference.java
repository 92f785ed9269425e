package dev.pgkeep.postgres.schema;

import dev.pgkeep.postgres.schema.SchemaChange.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The difference between a schema and what it became. What came or went with its table is told by the table alone.
 *
 * @param changes by kind, then by name
 */
public record SchemaDifference(List<SchemaChange> changes) {
    /** The difference between equal schemas. */
    public static final SchemaDifference NONE = new SchemaDifference(List.of());

    private static final int LONGEST = 100;

    public SchemaDifference {
        changes = List.copyOf(changes);
    }

    public static SchemaDifference between(Schema before, Schema after) {
        SortedMap<SchemaObject.Key, SchemaObject> was = before.byKey();
        SortedMap<SchemaObject.Key, SchemaObject> is = after.byKey();
        SortedSet<SchemaObject.Key> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        List<SchemaChange> changes = new ArrayList<>();
        for (SchemaObject.Key key : keys) {
            SchemaObject old = was.get(key);
            SchemaObject now = is.get(key);
            if (old != null && now != null) {
                if (!old.properties().equals(now.properties())) {
                    changes.add(new SchemaChange(What.CHANGED, key.kind(), now.qualifiedName(), changed(old, now)));
                }
            } else if (now != null && !ParentObject.toOtherChange(key, was, is)) {
                changes.add(change(What.ADDED, now, after));
            } else if (old != null && !ParentObject.toOtherChange(key, is, was)) {
                changes.add(change(What.REMOVED, old, before));
            }
        }
        return new SchemaDifference(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The difference in words: {@code 1 table and 2 columns added, 1 index removed}. */
    public String describe() {
        if (isEmpty()) {
            return "no difference";
        }
        List<String> parts = new ArrayList<>();
        for (What what : What.values()) {
            Map<ObjectKind, Long> counts = changes.stream()
                    .filter(each -> each.what() == what)
                    .collect(Collectors.groupingBy(SchemaChange::kind, TreeMap::new, Collectors.counting()));
            List<String> words = counts.entrySet().stream()
                    .map(each -> each.getKey().count(each.getValue()))
                    .toList();
            if (!words.isEmpty()) {
                parts.add(joined(words) + " " + what.word());
            }
        }
        return String.join(", ", parts);
    }

    private static SchemaChange change(What what, SchemaObject object, Schema inside) {
        String detail = object.kind() == ObjectKind.TABLE ? parts(object, inside) : properties(object);
        return new SchemaChange(what, object.kind(), object.qualifiedName(), detail);
    }

    /** The parts of a table, counted, in words. */
    private static String parts(SchemaObject table, Schema schema) {
        Map<ObjectKind, Long> counts = schema.objects().stream()
                .filter(each -> each.schema().equals(table.schema())
                        && each.table().filter(table.name()::equals).isPresent())
                .collect(Collectors.groupingBy(SchemaObject::kind, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(each -> each.getKey().count(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String properties(SchemaObject object) {
        SortedMap<String, String> properties = object.properties();
        return switch (object.kind()) {
            case COLUMN ->
                shown(properties.getOrDefault("type", "")
                        + ("no".equals(properties.get("nullable")) ? " not null" : "")
                        + (properties.containsKey("default") ? " default " + properties.get("default") : ""));
            case FUNCTION, VIEW -> properties.getOrDefault("kind", "");
            case CONSTRAINT, INDEX, TRIGGER, RULE -> shown(properties.getOrDefault("definition", ""));
            default ->
                shown(properties.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", ")));
        };
    }

    private static String changed(SchemaObject old, SchemaObject now) {
        SortedSet<String> names = new TreeSet<>(old.properties().keySet());
        names.addAll(now.properties().keySet());
        return names.stream()
                .filter(name -> !old.properties()
                        .getOrDefault(name, "")
                        .equals(now.properties().getOrDefault(name, "")))
                .map(name -> changed(
                        name,
                        old.properties().getOrDefault(name, "none"),
                        now.properties().getOrDefault(name, "none")))
                .collect(Collectors.joining("; "));
    }

    private static String changed(String name, String was, String is) {
        boolean readable = was.length() + is.length() <= LONGEST && !(was + is).contains("\n");
        return readable ? name + " " + was + " → " + is : name + " changed";
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static String joined(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
