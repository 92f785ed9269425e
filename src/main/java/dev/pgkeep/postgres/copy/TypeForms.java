package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.ColumnHint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which types have a binary form that means the same in every database of every server version. The lists are
 * what TypeRoundTripIT has proven; whatever is not in them goes as text. Arrays and composites of anything but built-in
 * types carry OIDs of their database in them; other types are refused on input, lose something, or depend on settings.
 */
final class TypeForms {
    private static final Set<String> BUILT_IN = Set.of(
            "bool",
            "bytea",
            "char",
            "name",
            "int8",
            "int2",
            "int4",
            "oid",
            "tid",
            "xid",
            "cid",
            "xid8",
            "text",
            "varchar",
            "bpchar",
            "json",
            "jsonb",
            "jsonpath",
            "point",
            "lseg",
            "path",
            "box",
            "polygon",
            "line",
            "circle",
            "float4",
            "float8",
            "numeric",
            "macaddr",
            "macaddr8",
            "inet",
            "cidr",
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "interval",
            "bit",
            "varbit",
            "uuid",
            "tsvector",
            "pg_lsn",
            "txid_snapshot",
            "pg_snapshot",
            "refcursor");

    private static final Map<String, Set<String>> OF_EXTENSIONS = Map.of(
            "hstore", Set.of("hstore"),
            "citext", Set.of("citext"),
            "ltree", Set.of("ltree", "lquery", "ltxtquery"),
            "cube", Set.of("cube"));

    private final Map<Long, CatalogType> types;

    TypeForms(Map<Long, CatalogType> types) {
        this.types = types;
    }

    boolean isBinary(long oid) {
        CatalogType type = types.get(oid);
        return type != null
                && switch (type.kind()) {
                    case "e" -> true;
                    case "d" -> isBinary(type.base());
                    case "r", "m" -> isPlain(type.subtype());
                    case "b" -> isBinaryBase(type);
                    default -> false;
                };
    }

    ColumnHint hint(long oid) {
        Optional<CatalogType> type = base(oid);
        if (type.filter(known -> known.element() != 0).isPresent()) {
            return ColumnHint.ARRAY;
        }
        return switch (type.filter(CatalogType::isBuiltIn)
                .map(CatalogType::name)
                .orElse("")) {
            case "numeric" -> ColumnHint.NUMERIC;
            case "float4", "float8" -> ColumnHint.REAL;
            default -> ColumnHint.ANY;
        };
    }

    /** The binary output function of a type; empty where it has none, or is not known here. */
    String send(long oid) {
        return base(oid).map(CatalogType::send).orElse("");
    }

    private boolean isBinaryBase(CatalogType type) {
        if (type.element() != 0) {
            return isPlain(type.element()) || isBuiltInRange(type.element());
        }
        return isPlain(type.oid())
                || OF_EXTENSIONS.getOrDefault(type.extension(), Set.of()).contains(type.name());
    }

    /** Whether a type is one of the listed ones itself, nothing made of them. */
    private boolean isPlain(long oid) {
        CatalogType type = types.get(oid);
        return type != null && type.isBuiltIn() && type.kind().equals("b") && BUILT_IN.contains(type.name());
    }

    private boolean isBuiltInRange(long oid) {
        CatalogType type = types.get(oid);
        return type != null && type.isBuiltIn() && type.subtype() != 0 && isPlain(type.subtype());
    }

    private Optional<CatalogType> base(long oid) {
        CatalogType type = types.get(oid);
        while (type != null && type.kind().equals("d")) {
            type = types.get(type.base());
        }
        return Optional.ofNullable(type);
    }
}
