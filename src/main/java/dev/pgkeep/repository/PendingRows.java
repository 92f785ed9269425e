package dev.pgkeep.repository;

import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.storage.FileErrors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Function;

/** A document of rows that is being written: under a hidden name, mode 600, until it is whole and on the disk. */
public final class PendingRows implements AutoCloseable {
    private final Path file;
    private final Path temporary;
    private final FileChannel channel;

    private PendingRows(Path file, Path temporary, FileChannel channel) {
        this.file = file;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** @throws PgkeepException DISK_FULL, NO_PERMISSION, FILE_FAILED */
    static PendingRows of(Path file) {
        Path temporary = TemporaryFiles.beside(file);
        try {
            FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            PrivateFiles.restrict(temporary, "rw-------");
            TemporaryFiles.lock(channel);
            return new PendingRows(file, temporary, channel);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** A file of the user's own choosing, written the same way. */
    public static PendingRows at(Path file) {
        PrivateFiles.createFolders(PrivateFiles.parent(file));
        return of(file);
    }

    /** Has somebody write it; what the disk says about that is told in words of pgkeep. */
    public <T> T write(Function<OutputStream, T> writing) {
        try {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            T result = writing.apply(out);
            out.flush();
            return result;
        } catch (UncheckedIOException e) {
            throw FileErrors.of(Objects.requireNonNull(e.getCause()), "cannot write " + file);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** Where it can be read before it has its name. */
    public Path written() {
        return temporary;
    }

    /** Forces it to the disk. */
    public void sync() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file + " to the disk");
        }
    }

    /** Gives it its name; from now on it is there, also after a crash. */
    public Path commit() {
        try {
            sync();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            PrivateFiles.syncFolder(PrivateFiles.parent(file));
            return file;
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** What was not committed goes. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Its content was forced to the disk before, or does not matter.
        }
        PrivateFiles.deleteTemporary(temporary);
    }
}
