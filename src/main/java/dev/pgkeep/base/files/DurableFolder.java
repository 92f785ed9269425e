package dev.pgkeep.base.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Private folders (mode 700), and the names in them that are to be there after a power loss. */
public final class DurableFolder {
    private DurableFolder() {}

    /** The folder that a file is in; the root of a file system is in itself. */
    public static Path of(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** Makes new names in a folder durable. Windows cannot open folders; there the file system must do. */
    public static void sync(Path folder) throws IOException {
        if (HostSystem.isWindows()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Makes a folder unless it is there.
     *
     * @return whether it was made
     * @throws FileAlreadyExistsException when it is a file
     */
    public static boolean create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            PrivateMode.FOLDER.set(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Makes a folder and those between it and the root, and makes them durable.
     *
     * @throws NoSuchFileException when the root is not there
     * @throws FileAlreadyExistsException when one of them is a file
     */
    public static void createBelow(Path root, Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.equals(root)) {
            throw new NoSuchFileException(root.toString());
        }
        Path parent = of(folder);
        createBelow(root, parent);
        if (create(folder)) {
            sync(parent);
        }
    }
}
