package dev.pgkeep.base.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is open. Whatever is done to a name in it reaches that very folder, also when somebody puts a link, or
 * another folder, in its place meanwhile; and a name that is a link means the link itself.
 *
 * <p>Where the system cannot do so (Windows, some versions of macOS), links are looked for before each step instead.
 */
public final class OpenFolder implements Closeable {
    private final Path path;
    private final DirectoryStream<Path> stream;
    private final @Nullable SecureDirectoryStream<Path> held;

    private OpenFolder(Path path, DirectoryStream<Path> stream) {
        this.path = path;
        this.stream = stream;
        this.held = stream instanceof SecureDirectoryStream<Path> secure ? secure : null;
    }

    /** Opens a folder where its path leads, through links too: the caller trusts that. */
    public static OpenFolder of(Path path) throws IOException {
        return new OpenFolder(path, Files.newDirectoryStream(path));
    }

    /**
     * Opens a folder in this one.
     *
     * @throws NotDirectoryException when there is anything else of that name, a link for instance
     */
    public OpenFolder folder(Path name) throws IOException {
        Path below = path.resolve(name);
        if (!isFolder(name)) {
            throw new NotDirectoryException(below.toString());
        }
        return new OpenFolder(
                below,
                held == null
                        ? Files.newDirectoryStream(below)
                        : held.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** The names in it; may be asked for once. */
    public List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            stream.forEach(each -> names.add(Objects.requireNonNull(each.getFileName())));
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Whether a folder, and no link to one, has that name; false when nothing has. */
    public boolean isFolder(Path name) throws IOException {
        try {
            return look(name).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether a regular file, and no link to one, has that name. */
    public boolean isFile(Path name) throws IOException {
        try {
            return look(name).isRegularFile();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether anything has that name, be it a link that leads nowhere. */
    boolean exists(Path name) throws IOException {
        try {
            look(name);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private BasicFileAttributes look(Path name) throws IOException {
        return held == null
                ? Files.readAttributes(path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                : held.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
    }

    /** The attributes of the folder itself. */
    public BasicFileAttributes attributes() throws IOException {
        return held == null
                ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                : held.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }

    /** The owner of the folder. */
    public UserPrincipal owner() throws IOException {
        return held == null
                ? Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                : held.getFileAttributeView(FileOwnerAttributeView.class).getOwner();
    }

    /** Opens a regular file to lock it. A pipe that somebody put there a moment ago does not keep us waiting. */
    public FileChannel lockable(Path name) throws IOException {
        if (!isFile(name)) {
            throw new NoSuchFileException(path.resolve(name).toString());
        }
        Set<java.nio.file.OpenOption> how =
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (held == null) {
            return FileChannel.open(path.resolve(name), how);
        }
        SeekableByteChannel channel = held.newByteChannel(name, how);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("a file that cannot be locked: " + path.resolve(name));
    }

    /** Gives a name in this folder another one in that folder; what has that name there is replaced. */
    public void move(Path name, OpenFolder to, Path newName) throws IOException {
        if (held == null || to.held == null) {
            Files.move(path.resolve(name), to.path.resolve(newName), StandardCopyOption.ATOMIC_MOVE);
        } else {
            held.move(name, to.held, newName);
        }
    }

    /**
     * Removes what has that name, a folder with all in it. What is gone already, or goes at the same time by another
     * process, does not matter.
     *
     * @return whether there was something
     */
    public boolean remove(Path name) throws IOException {
        try {
            if (isFolder(name)) {
                try (OpenFolder inner = folder(name)) {
                    inner.clear();
                }
                removeEmpty(name);
            } else {
                removeFile(name);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes all that is in it; {@code last} goes when nothing else is there any more. Instead of {@link #names}. */
    public void clear(Path... last) throws IOException {
        List<Path> names = names();
        names.removeAll(List.of(last));
        for (Path each : names) {
            remove(each);
        }
        for (Path each : last) {
            remove(each);
        }
    }

    /** Removes a folder in which nothing is. */
    public void removeEmpty(Path name) throws IOException {
        if (held == null) {
            Files.delete(path.resolve(name));
        } else {
            held.deleteDirectory(name);
        }
    }

    private void removeFile(Path name) throws IOException {
        if (held == null) {
            Files.delete(path.resolve(name));
        } else {
            held.deleteFile(name);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
