package dev.pgkeep.repository;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Removing a backup: metadata first, then data, so that nothing half-removed ever looks like a backup. */
final class Removal {
    /** Names of files may hold line breaks. */
    private static final String SEPARATOR = "\0";

    private Removal() {}

    /** @throws PgkeepException BACKUP_IN_USE when it is being read, or removed by somebody else */
    static void remove(Layout layout, StoredBackup backup) {
        layout.create(layout.locks());
        Path lockFile = layout.locks().resolve(backup.name());
        try (Lease lease = Lease.tryTake(lockFile, false).orElseThrow(() -> inUse(backup.name()))) {
            Path folder = layout.work().resolve(backup.name());
            layout.create(folder);
            try (Lease own =
                    Lease.tryTake(folder.resolve(Layout.LOCK), false).orElseThrow(() -> inUse(backup.name()))) {
                List<String> files = new ArrayList<>();
                backup.metadata().ifPresent(file -> {
                    files.add(relative(layout, file));
                    files.add(relative(layout, layout.globals(backup.name())));
                    files.add(relative(layout, layout.rows(backup.name())));
                });
                backup.data().forEach(file -> files.add(relative(layout, file)));
                backup.marks().forEach(mark -> files.add(relative(layout, mark.file())));
                PrivateFiles.writeWhole(
                        folder.resolve(Layout.REMOVAL),
                        String.join(SEPARATOR, files).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                finish(layout, backup.name(), folder);
            }
            Files.deleteIfExists(lockFile);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove " + backup.name());
        }
    }

    /** Removes what the list in the work folder names; may be repeated after a crash at any point. */
    static void finish(Layout layout, String name, Path folder) throws IOException {
        for (String file : Files.readString(folder.resolve(Layout.REMOVAL)).split(SEPARATOR)) {
            Path path = layout.root().resolve(file).normalize();
            if (path.startsWith(layout.root()) && !path.equals(layout.root())) {
                PrivateFiles.deleteTree(path);
            }
        }
        PrivateFiles.syncFolder(layout.root());
        PrivateFiles.deleteTree(folder);
    }

    private static String relative(Layout layout, Path file) {
        return layout.root().relativize(file).toString();
    }

    private static PgkeepException inUse(String name) {
        return new PgkeepException(
                ErrorCode.BACKUP_IN_USE, name + " is in use by another run", "try again when that run has ended");
    }
}
