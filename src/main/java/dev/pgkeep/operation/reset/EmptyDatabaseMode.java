package dev.pgkeep.operation.reset;

/** The way in which a database is made empty. */
public enum EmptyDatabaseMode {
    /** The database does not exist yet: it is created. */
    CREATE("create it"),
    /** An empty one is made beside it and gets its name; the old one is dropped when the new one is filled. */
    REPLACE("create an empty one beside it, exchange the names, fill it, drop the old one"),
    /** The objects inside are dropped, the database stays. */
    CLEAN("drop everything inside it");

    private final String text;

    EmptyDatabaseMode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The mode that is possible with a database as it is. */
    static EmptyDatabaseMode choose(Facts facts) {
        if (!facts.exists()) {
            return CREATE;
        }
        return facts.createsDatabases() && facts.ownsTarget() && facts.standsBeside() ? REPLACE : CLEAN;
    }

    /** Whether this mode is beyond the role. */
    boolean isRefused(Facts facts) {
        return this == CREATE && !facts.createsDatabases();
    }

    /**
     * The facts that decide on the way.
     *
     * @param exists whether there is such a database
     * @param createsDatabases whether the role may create databases
     * @param ownsTarget whether the role may drop this one
     * @param standsBeside whether the role gets into another database of the server, from where this one can be dropped
     */
    record Facts(boolean exists, boolean createsDatabases, boolean ownsTarget, boolean standsBeside) {}
}
