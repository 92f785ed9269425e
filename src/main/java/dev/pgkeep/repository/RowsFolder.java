package dev.pgkeep.repository;

import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The documents with the rows that cleanups deleted: one for each, named after its safety backup. */
public final class RowsFolder {
    private final Layout layout;
    private final Runnable prepare;

    /** @param prepare makes the repository ready to be written to */
    RowsFolder(Layout layout, Runnable prepare) {
        this.layout = layout;
        this.prepare = prepare;
    }

    /** A new document of rows, for the cleanup that made this safety backup; it is there once it is committed. */
    public PendingRows begin(String safetyBackup) {
        prepare.run();
        layout.create(layout.rows());
        return PendingRows.of(layout.rows(safetyBackup));
    }

    /** Removes a document of rows that are all where they were. */
    public void forget(Path document) {
        if (layout.rows().equals(document.getParent())) {
            PrivateFiles.deleteQuietly(layout, document);
        }
    }

    /** Documents of rows, the newest first. */
    public List<Path> list() {
        if (!Files.isDirectory(layout.rows())) {
            return List.of();
        }
        try (var files = Files.list(layout.rows())) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + layout.rows());
        }
    }

    /** The document with the rows that a cleanup deleted after it had made this safety backup. */
    public Optional<Path> of(StoredBackup safetyBackup) {
        return Optional.of(layout.rows(safetyBackup.name())).filter(Files::isRegularFile);
    }
}
