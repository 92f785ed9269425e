package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.plan.RestoreFacts.State;
import java.util.ArrayList;
import java.util.List;

/** The mode of a restore: how its target gets its new content. */
public enum RestoreMode {
    /** The database does not exist yet: it is created. */
    CREATE("create it"),
    /** The new one is made beside it and gets its name; the old one is dropped then, or kept under another. */
    REPLACE("load beside it, then exchange the names"),
    /** Only what differs is replaced, in one transaction; the database stays. */
    DELTA("replace only what differs, in one transaction"),
    /** The objects inside are dropped and those of the backup made, in one transaction; the database stays. */
    CLEAN("replace everything inside it, in one transaction"),
    /** The database is empty, and is filled. */
    FILL("fill it (it is empty)"),
    /** Chosen tables or schemas are added. */
    ADD("add the chosen tables"),
    /** Rows go into tables that are there. */
    ROWS("put rows into its tables");

    private final String text;

    RestoreMode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The mode that a request means for a target as it is; whether it may be done is another question. */
    static RestoreMode choose(RestoreFacts facts) {
        RestoreRequest request = facts.request();
        if (request.content() == Content.DATA) {
            return ROWS;
        }
        if (facts.target() == State.MISSING) {
            return CREATE;
        }
        if (request.keepOld().isPresent()) {
            return REPLACE;
        }
        if (facts.target() == State.EMPTY && request.elsewhere()) {
            return FILL;
        }
        if (request.isPartial()) {
            return ADD;
        }
        if (request.elsewhere() && !request.dropExisting() && !request.clean()) {
            return FILL;
        }
        return request.clean() || !facts.mayRecreate() ? CLEAN : REPLACE;
    }

    /** The reasons why this mode is not possible with a target as it is; empty when it is. */
    List<Refusal> refusals(RestoreFacts facts) {
        List<Refusal> refusals = new ArrayList<>();
        switch (this) {
            case FILL -> {
                if (facts.target() == State.FILLED) {
                    refusals.add(Refusal.NOT_EMPTY);
                }
            }
            case CREATE -> {
                if (!facts.request().createDatabase()) {
                    refusals.add(Refusal.NOT_TO_BE_CREATED);
                }
                if (!facts.createsDatabases()) {
                    refusals.add(Refusal.MAY_NOT_CREATE);
                }
            }
            case ROWS -> {
                if (facts.target() == State.MISSING) {
                    refusals.add(Refusal.NOTHING_TO_FILL);
                }
            }
            case REPLACE, DELTA, CLEAN, ADD -> {}
        }
        return refusals;
    }

    /** The reason why a mode is not possible. */
    enum Refusal {
        /** The database that is to be filled holds something. */
        NOT_EMPTY,
        /** There is no database, and nobody asked for one. */
        NOT_TO_BE_CREATED,
        /** There is no database, and the role may not create one. */
        MAY_NOT_CREATE,
        /** There is no database with tables that rows could go into. */
        NOTHING_TO_FILL
    }
}
