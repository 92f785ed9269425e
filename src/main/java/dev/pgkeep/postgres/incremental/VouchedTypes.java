package dev.pgkeep.postgres.incremental;

import java.util.Map;
import java.util.Set;

/**
 * Types whose values print by what they are alone, under the settings of our sessions. Not so those that print names
 * out of the catalogs ({@code regclass} and its like, {@code aclitem}): a table that is renamed changes how they read.
 */
final class VouchedTypes {
    private static final Set<String> BUILT_IN = Set.of(
            "bool",
            "bytea",
            "char",
            "name",
            "int8",
            "int2",
            "int2vector",
            "int4",
            "text",
            "oid",
            "oidvector",
            "tid",
            "xid",
            "cid",
            "xid8",
            "json",
            "jsonb",
            "jsonpath",
            "xml",
            "point",
            "lseg",
            "path",
            "box",
            "polygon",
            "line",
            "circle",
            "float4",
            "float8",
            "money",
            "numeric",
            "macaddr",
            "macaddr8",
            "inet",
            "cidr",
            "bpchar",
            "varchar",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "bit",
            "varbit",
            "uuid",
            "pg_lsn",
            "tsvector",
            "tsquery",
            "txid_snapshot",
            "pg_snapshot",
            "refcursor");

    /** Of their version that is in the signature. */
    private static final Map<String, Set<String>> OF_EXTENSIONS = Map.of(
            "hstore", Set.of("hstore"),
            "citext", Set.of("citext"),
            "ltree", Set.of("ltree", "lquery", "ltxtquery"),
            "cube", Set.of("cube"),
            "seg", Set.of("seg"),
            "vector", Set.of("vector", "halfvec", "sparsevec"),
            "postgis", Set.of("geometry", "geography", "box2d", "box3d"));

    private VouchedTypes() {}

    /** Whether a type is one, if those that it is made of are. */
    static boolean isOne(UsedType type) {
        return switch (type.kind()) {
            case "e", "d", "r", "m", "c" -> true;
            case "b" ->
                type.array()
                        || type.builtIn() && BUILT_IN.contains(type.name())
                        || OF_EXTENSIONS
                                .getOrDefault(type.extension(), Set.of())
                                .contains(type.name());
            default -> false;
        };
    }
}
