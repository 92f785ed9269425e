package dev.pgkeep.postgres.catalog;

import dev.pgkeep.format.manifest.TableName;

/**
 * A table or view that cannot be made where another one is missing.
 *
 * @param needing the one that depends
 * @param needingVisible whether it is found without naming its schema
 * @param what how it depends: {@code view}, {@code materialized view}, {@code foreign key NAME}, {@code partition},
 *     {@code child}
 * @param needed the one it depends on
 * @param neededVisible whether that one is found without naming its schema
 */
public record TableDependency(
        TableName needing, boolean needingVisible, String what, TableName needed, boolean neededVisible) {
    public boolean isForeignKey() {
        return what.startsWith("foreign key ");
    }
}
