package dev.pgkeep.postgres.copy;

/**
 * A type, as pg_type describes it.
 *
 * @param kind typtype: b, d, e, r or m
 * @param element type of the elements of a true array, else 0
 * @param base what a domain is made over, else 0
 * @param subtype what a range or multirange is made over, else 0
 * @param extension the extension it belongs to, or an empty text
 * @param send its binary output function, quoted and with its schema, or an empty text
 */
record CatalogType(
        long oid,
        String schema,
        String name,
        String kind,
        long element,
        long base,
        long subtype,
        String extension,
        String send) {
    boolean isBuiltIn() {
        return schema.equals("pg_catalog") && extension.isEmpty();
    }
}
