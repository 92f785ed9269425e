package dev.pgkeep.repository.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Files (mode 600) and folders (mode 700) that are there, whole, after a power loss. */
final class DurableFiles {
    static final String UNFINISHED = ".tmp";

    private DurableFiles() {}

    /** Writes a file unless one of that name is there; false then. */
    static boolean create(Path file, ByteBuffer content) throws IOException {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = parent(file).resolve(file.getFileName() + "." + random + UNFINISHED);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                restrict(temporary, "rw-------");
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            boolean created = publish(temporary, file);
            syncFolder(parent(file));
            return created;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean publish(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No links here (FAT, some network folders). A rename may replace a file that appeared just now, which
            // does no harm: objects of one name have the same bytes.
            if (Files.exists(file)) {
                return false;
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    /** Creates a folder and those between it and the root, which must be there. */
    static void createFolders(Path root, Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.equals(root)) {
            throw new NoSuchFileException(root.toString());
        }
        Path parent = parent(folder);
        createFolders(root, parent);
        try {
            Files.createDirectory(folder);
            restrict(folder, "rwx------");
            syncFolder(parent);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Makes new names in a folder durable. Windows cannot open folders; there the file system must do. */
    static void syncFolder(Path folder) throws IOException {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static void restrict(Path path, String mode) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
    }
}
