package dev.pgkeep.repository.storage;

import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Files (mode 600) that are there, whole, after a power loss. */
final class DurableFiles {
    static final String UNFINISHED = ".tmp";

    private DurableFiles() {}

    /** Writes a file unless one of that name is there; false then. */
    static boolean create(Path file, ByteBuffer content) throws IOException {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = DurableFolder.of(file).resolve(file.getFileName() + "." + random + UNFINISHED);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                PrivateMode.FILE.set(temporary);
                ChannelPieces.write(channel, content);
                channel.force(true);
            }
            boolean created = publish(temporary, file);
            DurableFolder.sync(DurableFolder.of(file));
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
}
