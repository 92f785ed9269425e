package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.base.files.FileTree;
import dev.pgkeep.base.files.PrivateMode;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Private files and folders (mode 600 and 700), written so that they are whole or absent after a crash. */
final class PrivateFiles {
    private PrivateFiles() {}

    /** Creates a folder and those above it; new ones get mode 700. */
    static void createFolders(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                createFolders(parent);
            }
            DurableFolder.create(folder);
        } catch (FileAlreadyExistsException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, folder + " is a file, not a folder", "choose another --repo", e);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot create the folder " + folder);
        }
    }

    /** Writes a small file under a temporary name, syncs it, and renames it into place. */
    static void writeWhole(Path file, byte[] content) {
        try (UnfinishedFile temporary = UnfinishedFile.of(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                temporary.channel().write(buffer);
            }
            temporary.channel().force(true);
            temporary.commit();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** Forces a file, or every file of a folder and the folder itself, to the disk. */
    static void syncTree(Path path) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                try (var children = Files.list(path)) {
                    children.forEach(PrivateFiles::syncTree);
                }
                syncFolder(path);
            } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + path + " to the disk");
        }
    }

    /** Makes renames in a folder durable. */
    static void syncFolder(Path folder) {
        try {
            DurableFolder.sync(folder);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot sync the folder " + folder);
        }
    }

    /** Gives a file or folder (and all below it) the modes 600 and 700; lock files have theirs from the beginning. */
    static void restrictTree(Path path) {
        try (var tree = Files.walk(path)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    PrivateMode.FOLDER.set(each);
                } else if (!each.endsWith(Layout.LOCK) && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    PrivateMode.FILE.set(each);
                }
            }
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot set the permissions of " + path);
        }
    }

    /**
     * Removes a file or a folder with all below it; what is already gone does not matter. Only the path of the
     * repository's folder is trusted: what is below may be a link by now, which is not followed.
     */
    static void deleteTree(Layout layout, Path path) {
        try {
            FileTree.remove(layout.root(), path);
        } catch (NotDirectoryException e) {
            throw Layout.notAFolder(e.getFile());
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove " + path);
        }
    }

    static void deleteQuietly(Layout layout, Path path) {
        try {
            deleteTree(layout, path);
        } catch (PgkeepException e) {
            // Leftovers under work/ are removed by the next run.
        }
    }

    /** A file that was to be renamed into place. */
    static void deleteTemporary(Path file) {
        try {
            FileTree.remove(file);
        } catch (IOException e) {
            // The next run removes it.
        }
    }
}
