package dev.pgkeep.postgres.incremental;

import java.util.List;

/**
 * A type that values of a table are made of.
 *
 * @param name typname; empty where the type is not known
 * @param kind typtype
 * @param builtIn whether the system brings it
 * @param extension the extension that brings it, or an empty text
 * @param array whether its values print as arrays do
 * @param detail all that decides how its values print, apart from the types it is made of
 * @param madeOf OIDs of these
 */
record UsedType(
        long oid,
        String name,
        String kind,
        boolean builtIn,
        String extension,
        boolean array,
        String detail,
        List<Long> madeOf) {
    static UsedType unknown(long oid) {
        return new UsedType(oid, "", "", false, "", false, "", List.of());
    }
}
