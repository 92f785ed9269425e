package dev.pgkeep.postgres.schema;

/**
 * A way in which two schemas differ.
 *
 * @param name with its schema, and with its table where it is a part of one
 * @param detail for people: what was added, or how it changed; may be empty
 */
public record SchemaChange(What what, ObjectKind kind, String name, String detail) {
    /** The change of an object. */
    public enum What {
        ADDED,
        REMOVED,
        CHANGED;

        /** The change for people: {@code added}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** {@code column public.orders.total changed: type integer → bigint}. */
    public String describe() {
        return kind.word() + " " + name + " " + what.word() + (detail.isEmpty() ? "" : ": " + detail);
    }
}
