package dev.pgkeep.repository;

import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The {@link UnfinishedFile}s of a repository. */
final class UnfinishedFiles {
    private UnfinishedFiles() {}

    /** Removes unfinished files of dead runs; what lies in a work folder goes with that. */
    static void remove(Layout layout) {
        // The root is where people put files of their own: there only what can be nothing else.
        String header = "." + Header.FILE + ".";
        remove(layout, layout.root(), name -> name.startsWith(header) && UnfinishedFile.isName(name));
        for (Path folder : List.of(layout.marks(), layout.runs(), layout.rows())) {
            remove(layout, folder, UnfinishedFile::isName);
        }
    }

    private static void remove(Layout layout, Path folder, Predicate<String> chosen) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> chosen.test(String.valueOf(file.getFileName())))
                    .forEach(file -> UnfinishedFile.removeDead(layout, file));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + folder);
        }
    }
}
