package dev.pgkeep.restore;

import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.manifest.Manifest;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is restored.
 *
 * @param name how it is called in messages
 * @param dump the file or folder
 * @param manifest its metadata, when pgkeep made it
 * @param backup its place in a repository, when it is in one
 */
public record RestoreSource(String name, DumpFile dump, Optional<Manifest> manifest, Optional<StoredBackup> backup) {

    /** Any dump file, whoever made it. */
    public static RestoreSource ofFile(Path path) {
        return new RestoreSource(
                String.valueOf(path.getFileName()), DumpFile.recognise(path), Optional.empty(), Optional.empty());
    }
}
