package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jar as users run it, with what the JVM learned in a training run: it starts several times faster than from a
 * folder of classes, for which a JVM can keep nothing. Used where it is not older than the classes, as in {@code mvn
 * verify}.
 */
final class PackagedPgkeep {
    private static final Optional<List<String>> OPTIONS = find();

    private PackagedPgkeep() {}

    /** What follows {@code java} and its options for heap and compiler, up to the jar; empty without a fresh jar. */
    static Optional<List<String>> options() {
        return OPTIONS;
    }

    private static Optional<List<String>> find() {
        try {
            Path tests = Path.of(PackagedPgkeep.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
            Path classes = tests.resolveSibling("classes");
            Path jar = tests.resolveSibling("pgkeep.jar");
            if (!Files.isDirectory(classes)
                    || !Files.exists(jar)
                    || newest(classes).compareTo(Files.getLastModifiedTime(jar)) > 0) {
                return Optional.empty();
            }
            Path cache = classes.resolveSibling("pgkeep-tests.aot");
            if (!Files.exists(cache)
                    || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                train(jar, cache);
            }
            return Optional.of(List.of(
                    "-Xlog:disable", "-Djdk.console=java.base", "-XX:AOTCache=" + cache, "-jar", jar.toString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static FileTime newest(Path folder) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
        }
        return newest;
    }

    /** As the launcher does it. */
    private static void train(Path jar, Path cache) {
        Commands.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                jar.toString(),
                "dev.pgkeep.Training"));
    }
}
