package dev.pgkeep.operation.restore.plan;

/** The permissions of a restore, and what goes along with it. */
public enum RestoreOption {
    /** A missing database may be created. */
    CREATE_DATABASE,
    /** A filled one may be replaced. */
    DROP_EXISTING,
    /** The objects inside are dropped instead of the database. */
    CLEAN,
    /** A backup of a part of a database may replace a whole one. */
    ALLOW_PARTIAL,
    /** Tables that hold rows may be emptied before rows go in. */
    TRUNCATE,
    /** Owners of objects are restored. */
    OWNERS,
    /** Rights on objects are restored. */
    GRANTS,
    /** Roles and tablespaces of the backup are created first. */
    GLOBALS,
    /**
     * The database itself (its settings, limits and comment; its owner and rights where those are restored) becomes as
     * it was when the backup was made; otherwise it stays as it is now.
     */
    GOES_BACK,
    /** The target is backed up before. */
    SAFETY_BACKUP,
    /** Damage in a backup of chunks is left out, instead of refusing the backup. */
    SKIP_DAMAGED,
    /** Only what differs may be replaced, where that is possible and cheaper. */
    DELTA,
    /** Only what differs is to be replaced, or nothing. */
    DELTA_ALONE,
    /** What was loaded is not compared with the backup. */
    NO_PROOF
}
