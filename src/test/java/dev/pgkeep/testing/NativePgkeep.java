package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * The native executable of {@code build/native}. Where it was built of these sources, everything that starts pgkeep as
 * a process starts it; with {@code -Dpgkeep.native} command lines that tests run inside their own JVM do so, too, and
 * it must be there; with {@code -Dpgkeep.native=false} nothing does.
 */
public final class NativePgkeep {
    private static final Path EXECUTABLE = Path.of("target/native/pgkeep").toAbsolutePath();
    private static final String WANTED = System.getProperty("pgkeep.native", "");
    private static final boolean CURRENT = isCurrent();

    private NativePgkeep() {}

    /** Whether processes are to be started from it. */
    static boolean isForProcesses() {
        return isForEverything() || WANTED.isEmpty() && CURRENT;
    }

    /** Whether what could run in the test's JVM is to run on it, too. */
    static boolean isForEverything() {
        return !WANTED.isEmpty() && !WANTED.equals("false");
    }

    /** Whether there is one, of these sources. */
    public static boolean isBuilt() {
        return CURRENT;
    }

    /** @throws IllegalStateException when it was not built, instead of testing something else */
    public static Path executable() {
        if (!CURRENT) {
            throw new IllegalStateException(
                    EXECUTABLE + " is missing, or older than the sources: build/native makes it");
        }
        return EXECUTABLE;
    }

    private static boolean isCurrent() {
        if (!Files.isExecutable(EXECUTABLE)) {
            return false;
        }
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            FileTime built = Files.getLastModifiedTime(EXECUTABLE);
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
