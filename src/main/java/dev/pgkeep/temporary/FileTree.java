package dev.pgkeep.temporary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files and folders with all below them. */
public final class FileTree {
    private FileTree() {}

    /** Removes it; what is gone already, or goes at the same time by another process, does not matter. */
    public static void remove(Path root) throws IOException {
        remove(root, path -> true);
    }

    /** The same with only some of what is below, and not the root itself. */
    static void removeInside(Path root, Predicate<Path> which) throws IOException {
        remove(root, path -> !path.equals(root) && which.test(path));
    }

    private static void remove(Path root, Predicate<Path> which) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            List<Path> deepestFirst =
                    paths.filter(which).sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (NoSuchFileException e) {
            // Somebody else removes it at the same time.
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e.getCause();
            }
        }
    }
}
