package dev.pgkeep.bench;

/**
 * Something that happens to a database after a backup of it.
 *
 * @param most what a backup after it may take at most of the time of the first one; NaN: nothing is wanted of it
 * @param make lets it happen
 */
record Change(String title, double most, Runnable make) {
    static Change of(String title, Runnable make) {
        return new Change(title, Double.NaN, make);
    }
}
