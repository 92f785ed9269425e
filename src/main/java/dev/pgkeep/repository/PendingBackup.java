package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.OpenFolder;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * A backup being written: a folder under {@code work/} that bears its name and is locked by us. Nothing in it is
 * listed. {@link #commit} makes it a backup; closing without that removes it.
 */
public final class PendingBackup implements AutoCloseable {
    private static final Set<Path> OURS = Set.of(Path.of(Layout.COMMIT), Path.of(Layout.LOCK));

    private final Layout layout;
    private final String name;
    private final Path folder;
    private final FileLockHandle lock;
    private boolean decided;

    PendingBackup(Layout layout, String name, Path folder, FileLockHandle lock) {
        this.layout = layout;
        this.name = name;
        this.folder = folder;
        this.lock = lock;
    }

    /** The name that was reserved for it. */
    public String name() {
        return name;
    }

    /** The path where a data file or folder of that name is to be written; it moves beside the metadata on commit. */
    public Path data(String fileName) {
        return folder.resolve(fileName);
    }

    /** The folder that becomes the repository's root on commit: paths in the manifest are relative to it. */
    public Path folder() {
        return folder;
    }

    /** Removes what an attempt wrote, for another attempt. */
    public void clear() {
        try (var entries = Files.list(folder)) {
            entries.filter(entry -> !entry.endsWith(Layout.LOCK))
                    .forEach(entry -> PrivateFiles.deleteTree(layout, entry));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove the unfinished backup " + name);
        }
    }

    /** Forces everything written so far to the disk, with mode 600. */
    public void sync() {
        PrivateFiles.restrictTree(folder);
        // The lock is left out: closing any channel of that file would drop it (see FileLockHandle), and with it the
        // folder.
        try (var entries = Files.list(folder)) {
            entries.filter(each -> !each.endsWith(Layout.LOCK)).forEach(PrivateFiles::syncTree);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + folder + " to the disk");
        }
        PrivateFiles.syncFolder(folder);
    }

    /**
     * Makes a backup of what was written: from the moment its metadata stands in the work folder a crash is finished by
     * the next run.
     *
     * @throws PgkeepException when the disk refuses; nothing is listed then
     */
    public void commit(Manifest manifest) {
        PrivateFiles.writeWhole(folder.resolve(Layout.COMMIT), ManifestJson.sealed(manifest));
        decided = true;
        finishCommit(layout, name, folder);
        close();
    }

    /** Removes the pending backup unless it was committed. */
    @Override
    public void close() {
        if (!decided) {
            decided = true;
            PrivateFiles.deleteQuietly(layout, folder);
        }
        lock.close();
    }

    /** Renames data, then metadata, into place; may be repeated after a crash at any point. */
    static void finishCommit(Layout layout, String name, Path folder) {
        Path metadata = named(layout.metadata(name));
        try (OpenFolder root = OpenFolder.of(layout.root());
                OpenFolder work = root.folder(named(layout.work()));
                OpenFolder written = work.folder(named(folder))) {
            for (Path each : written.names()) {
                if (Layout.belongs(name, each) && !OURS.contains(each) && !each.equals(metadata)) {
                    written.move(each, root, each);
                }
            }
            PrivateFiles.syncFolder(layout.root());
            written.move(Path.of(Layout.COMMIT), root, metadata);
            PrivateFiles.syncFolder(layout.root());
        } catch (NotDirectoryException e) {
            throw Layout.notAFolder(e.getFile());
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot finish the backup " + name)
                    .during("the data is complete in " + folder + ", the next run will try again");
        }
        PrivateFiles.deleteQuietly(layout, folder);
    }

    private static Path named(Path path) {
        return Objects.requireNonNull(path.getFileName());
    }

    static PgkeepException taken(String name) {
        return new PgkeepException(
                ErrorCode.BACKUP_NAME_TAKEN,
                "there is a backup named " + name + " already",
                "choose another --name, or leave it out");
    }
}
