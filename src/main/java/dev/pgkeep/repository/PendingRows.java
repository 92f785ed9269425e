package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/** A document of rows that is being written: under a hidden name, mode 600, until it is whole and on the disk. */
public final class PendingRows implements AutoCloseable {
    private final Path file;
    private final UnfinishedFile temporary;

    private PendingRows(Path file, UnfinishedFile temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /** @throws PgkeepException DISK_FULL, NO_PERMISSION, FILE_FAILED */
    static PendingRows of(Path file) {
        try {
            return new PendingRows(file, UnfinishedFile.of(file));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** A file of the user's own choosing, written the same way. */
    public static PendingRows at(Path file) {
        PrivateFiles.createFolders(DurableFolder.of(file));
        return of(file);
    }

    /** Has somebody write it; what the disk says about that is told in words of pgkeep. */
    public <T> T write(Function<OutputStream, T> writing) {
        try {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(temporary.channel()), 1 << 16);
            T result = writing.apply(out);
            out.flush();
            return result;
        } catch (UncheckedIOException e) {
            throw FileErrors.of(Objects.requireNonNull(e.getCause()), "cannot write " + file);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** The path where the document can be read before it has its name. */
    public Path written() {
        return temporary.path();
    }

    /** Forces the document to the disk. */
    public void sync() {
        try {
            temporary.channel().force(true);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file + " to the disk");
        }
    }

    /** Gives the document its name; from now on it is there, also after a crash. */
    public Path commit() {
        try {
            sync();
            temporary.commit();
            return file;
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    /** Removes what was not committed. */
    @Override
    public void close() {
        temporary.close();
    }
}
