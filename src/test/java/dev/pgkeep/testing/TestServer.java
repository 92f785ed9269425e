package dev.pgkeep.testing;

import dev.pgkeep.postgres.cluster.LocalCluster;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running server of one major version.
 *
 * @param major the major version
 * @param cluster the server; shared ones are never stopped by a test
 */
public record TestServer(int major, LocalCluster cluster) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A new empty database with a unique name; close it. */
    public TestDatabase database() {
        return database("test");
    }

    /** A new empty database whose name begins as given; close it. */
    public TestDatabase database(String beginning) {
        return TestDatabase.create(this, uniqueName(beginning));
    }

    /** A database of exactly this name, which is made by the test itself or not at all; dropped when closed. */
    public TestDatabase databaseToBe(String name) {
        return new TestDatabase(this, name);
    }

    /** A name that no other test uses. */
    public String uniqueName(String beginning) {
        return beginning.toLowerCase(Locale.ROOT) + "_" + NUMBER.incrementAndGet();
    }

    /** Runs a statement in the database {@code postgres}, as superuser. */
    public void execute(String sql) {
        databaseToBe("postgres").execute(sql);
    }

    /** The first column of the first row, from the database {@code postgres}. */
    public String ask(String query) {
        return databaseToBe("postgres").ask(query);
    }

    public boolean hasDatabase(String name) {
        return ask("select count(*) from pg_database where datname = '" + name.replace("'", "''") + "'")
                .equals("1");
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
