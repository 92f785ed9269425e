package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removing a backup: metadata first, then data, so that nothing half-removed ever looks like a backup. */
final class Removal {
    /** Names of files may hold line breaks. */
    private static final String SEPARATOR = "\0";

    private Removal() {}

    /** @throws PgkeepException BACKUP_IN_USE when it is being read, or removed by somebody else */
    static void remove(Layout layout, StoredBackup backup) {
        layout.create(layout.locks());
        Path lockFile = layout.locks().resolve(backup.name());
        try (FileLockHandle lease = FileLockHandle.tryTake(lockFile, false).orElseThrow(() -> inUse(backup.name()))) {
            Path folder = layout.work().resolve(backup.name());
            layout.create(folder);
            try (FileLockHandle own = FileLockHandle.tryTake(folder.resolve(Layout.LOCK), false)
                    .orElseThrow(() -> inUse(backup.name()))) {
                List<String> files = new ArrayList<>();
                backup.metadata().ifPresent(file -> {
                    files.add(relative(layout, file));
                    files.add(relative(layout, layout.globals(backup.name())));
                    files.add(relative(layout, layout.rows(backup.name())));
                });
                backup.data().forEach(file -> files.add(relative(layout, file)));
                backup.marks().forEach(mark -> files.add(relative(layout, mark.file())));
                // Metadata may name files of another backup, since anybody may have written it.
                files.removeIf(file -> !Layout.belongs(backup.name(), Path.of(file)));
                PrivateFiles.writeWhole(
                        folder.resolve(Layout.REMOVAL),
                        String.join(SEPARATOR, files).getBytes(StandardCharsets.UTF_8));
                finish(layout, backup.name(), folder);
            }
            PrivateFiles.deleteQuietly(layout, lockFile);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove " + backup.name());
        }
    }

    /**
     * Removes what the list in the work folder names; may be repeated after a crash at any point.
     *
     * @throws PgkeepException REPOSITORY_INVALID when it names what does not go with that backup: then it is not ours,
     *     and nothing of it is removed
     */
    static void finish(Layout layout, String name, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String file : read(folder.resolve(Layout.REMOVAL))) {
            Path path = path(file);
            if (path == null || !Layout.belongs(name, path)) {
                throw new PgkeepException(
                        ErrorCode.REPOSITORY_INVALID,
                        "the removal of " + name + " that was cut short names " + file
                                + ", which does not go with it: nothing of it is removed",
                        "look who wrote " + folder + ", and remove that folder");
            }
            files.add(layout.root().resolve(path));
        }
        files.forEach(file -> PrivateFiles.deleteTree(layout, file));
        PrivateFiles.syncFolder(layout.root());
        PrivateFiles.deleteTree(layout, folder);
    }

    private static List<String> read(Path list) throws IOException {
        String text = new String(RegularFile.bytes(list), StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR));
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String relative(Layout layout, Path file) {
        return layout.root().relativize(file).toString();
    }

    private static PgkeepException inUse(String name) {
        return new PgkeepException(
                ErrorCode.BACKUP_IN_USE, name + " is in use by another run", "try again when that run has ended");
    }
}
