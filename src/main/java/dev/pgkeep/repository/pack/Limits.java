package dev.pgkeep.repository.pack;

/** The limits of what a reader believes of sizes that it finds in files. */
final class Limits {
    /** Largest chunk; writers stay far below. */
    static final int CHUNK = 1 << 28;

    private Limits() {}
}
