package dev.pgkeep.operation.export;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.base.files.FileTree;
import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file or folder that is being written: private, beside its place, under a temporary name. It gets its own name when
 * it is complete; closed before that, it is removed.
 */
final class Draft implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path place;
    private final Path temporary;

    /** @throws PgkeepException TARGET_EXISTS when something stands there that may not be replaced, FILE_FAILED */
    Draft(Path place, boolean overwrite) {
        this.place = place;
        if (!overwrite && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new PgkeepException(
                    ErrorCode.TARGET_EXISTS, place + " is there already", "choose another --to, or add --overwrite");
        }
        Path folder = DurableFolder.of(place);
        if (!Files.isDirectory(folder)) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "there is no folder " + folder, "make it first, or choose another --to");
        }
        temporary = folder.resolve("." + place.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
    }

    /** The path to write to. */
    Path path() {
        return temporary;
    }

    /** Makes the folder that it is going to be. */
    void makeFolder() throws IOException {
        Files.createDirectory(temporary, PrivateMode.FOLDER.attributes(temporary));
    }

    /** A new private file; {@code path} is this draft's, or lies in it. */
    static OutputStream create(Path path) throws IOException {
        return Channels.newOutputStream(FileChannel.open(path, NEW, PrivateMode.FILE.attributes(path)));
    }

    /**
     * Makes the export durable, and gives it its name.
     *
     * @return its bytes
     */
    long commit() throws IOException {
        long bytes = 0;
        try (var tree = Files.walk(temporary)) {
            for (Path each : (Iterable<Path>) tree::iterator) {
                boolean folder = Files.isDirectory(each);
                (folder ? PrivateMode.FOLDER : PrivateMode.FILE).set(each);
                if (!folder) {
                    bytes += Files.size(each);
                    try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            FileTree.remove(place);
        }
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return bytes;
    }

    @Override
    public void close() {
        try {
            FileTree.remove(temporary);
        } catch (IOException e) {
            // Its name says that it is nothing.
        }
    }

    /** The error of an export for one of the file system. */
    PgkeepException failure(IOException e) {
        return FileProblem.explain(e, "cannot write " + place, problem -> switch (problem) {
            case FULL -> "free space, choose another --to, or add --compress zstd";
            case DENIED, MISSING, BROKEN, OTHER -> "choose another --to";
        });
    }
}
