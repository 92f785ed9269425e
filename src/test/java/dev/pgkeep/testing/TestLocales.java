package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Locales that the system need not have, for servers of tests; made by {@code localedef} from its sources. */
public final class TestLocales {
    /** Writes {@code $ 10.050,00}. */
    public static final String ARGENTINA = "es_AR.UTF-8";

    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "pgkeep-test-locales");

    private TestLocales() {}

    /** A folder with {@link #ARGENTINA}; empty where {@code localedef} or its sources are missing (package locales). */
    public static synchronized Optional<Path> folder() {
        return made(ARGENTINA, "es_AR") ? Optional.of(FOLDER) : Optional.empty();
    }

    private static boolean made(String name, String source) {
        Path there = FOLDER.resolve(name);
        if (Files.isDirectory(there)) {
            return true;
        }
        try {
            Files.createDirectories(FOLDER);
            Files.setPosixFilePermissions(FOLDER, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path making = Files.createTempDirectory(FOLDER, "making");
            Path made = making.resolve(name);
            Process process = new ProcessBuilder(
                            List.of("localedef", "--no-archive", "-i", source, "-f", "UTF-8", made.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() == 0) {
                Files.move(made, there, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.deleteIfExists(making);
        } catch (IOException e) {
            // Not to be had, or another process was faster.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted"));
        }
        return Files.isDirectory(there);
    }
}
