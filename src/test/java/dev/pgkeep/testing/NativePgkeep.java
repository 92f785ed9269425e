package dev.pgkeep.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The native executable of {@code build/native}. With {@code -Dpgkeep.native} everything that starts pgkeep as a process
 * starts it; tests of the executable itself run wherever it was built.
 */
public final class NativePgkeep {
    private static final Path EXECUTABLE = Path.of("target/native/pgkeep").toAbsolutePath();

    private NativePgkeep() {}

    static boolean isWanted() {
        String wanted = System.getProperty("pgkeep.native");
        return wanted != null && !wanted.equals("false");
    }

    public static boolean isBuilt() {
        return Files.isExecutable(EXECUTABLE);
    }

    /** @throws IllegalStateException when it was not built, instead of testing something else */
    public static Path executable() {
        if (!isBuilt()) {
            throw new IllegalStateException(EXECUTABLE + " is missing: build/native makes it");
        }
        return EXECUTABLE;
    }
}
