package dev.pgkeep.postgres.dump;

/** Settings of a session that decide how the statements of a script are read, as they are at this moment. */
public interface ScriptSettings {
    /** Whether a backslash in plain quotes stands for itself. */
    boolean standardStrings();

    /** The encoding of the script's bytes, as PostgreSQL calls it, for instance {@code UTF8} or {@code SJIS}. */
    String encoding();
}
