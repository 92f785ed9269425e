package dev.pgkeep.repository;

import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Finds what lies in a folder of pgkeep's and has no name that pgkeep gives. In the root people keep files of their
 * own.
 */
final class Strangers {
    private static final Pattern PACK = Pattern.compile("[0-9a-f]{64}\\.pack");
    private static final Pattern INDEX = Pattern.compile("[0-9a-f]{64}\\.idx");

    private final Layout layout;
    private final List<Path> found = new ArrayList<>();

    Strangers(Layout layout) {
        this.layout = layout;
    }

    List<Path> find() {
        look(layout.root().resolve("packs"), 2, PACK.asMatchPredicate());
        look(layout.root().resolve("index"), 1, INDEX.asMatchPredicate());
        look(layout.marks(), 1, name -> Layout.markOf(Path.of(name)).isPresent());
        look(layout.runs(), 1, name -> name.endsWith(".json"));
        look(layout.rows(), 1, name -> name.endsWith(".json"));
        return found.stream().sorted().toList();
    }

    private void look(Path folder, int depth, Predicate<String> ours) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var tree = Files.walk(folder, depth)) {
            tree.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> isStrange(String.valueOf(file.getFileName()), ours))
                    .forEach(found::add);
        } catch (UncheckedIOException e) {
            throw FileErrors.of(new IOException(e.getMessage(), e), "cannot read " + folder);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + folder);
        }
    }

    /** Whether a name is not ours; what is being written has one of its own. */
    private static boolean isStrange(String name, Predicate<String> ours) {
        return !name.endsWith(".tmp") && !ours.test(name);
    }
}
