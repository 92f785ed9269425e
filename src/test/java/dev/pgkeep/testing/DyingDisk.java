package dev.pgkeep.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The real file system, on which the process dies before its n-th change: from then on nothing can be changed any more,
 * by whatever tries to clean up either, and the disk is as {@code kill -9} leaves it. Creating, linking, renaming and
 * removing files and folders are changes. Works by paths: what is reached from {@link #path} dies, everything else
 * lives.
 */
public final class DyingDisk extends FileSystem {
    private final Provider provider = new Provider();
    private final FileSystem real;
    private final Predicate<String> dies;
    private final Consumer<Path> stored;
    private volatile boolean dead;

    /** @param dies is asked before each change, with a verb and the path; the first yes is the death */
    public DyingDisk(Predicate<String> dies) {
        this(dies, path -> {});
    }

    private DyingDisk(Predicate<String> dies, Consumer<Path> stored) {
        this.real = FileSystems.getDefault();
        this.dies = dies;
        this.stored = stored;
    }

    /** Dies after so many changes. */
    public static DyingDisk after(int changes) {
        AtomicInteger left = new AtomicInteger(changes);
        return new DyingDisk(change -> left.decrementAndGet() < 0);
    }

    /** Lives, and tells of all changes. */
    public static DyingDisk never(Consumer<String> told) {
        return new DyingDisk(change -> {
            told.accept(change);
            return false;
        });
    }

    /**
     * Lives, and says that all went well.
     *
     * @param stored is called for each file that has just got its final name, and does with it what it wants
     */
    public static DyingDisk lying(Consumer<Path> stored) {
        return new DyingDisk(change -> false, stored);
    }

    /** The same place as seen by the process that will die. */
    public Path path(Path place) {
        return new DyingPath(this, place);
    }

    public boolean isDead() {
        return dead;
    }

    private synchronized void change(String what, Path path) throws IOException {
        if (dead || dies.test(what + " " + path)) {
            dead = true;
            throw new IOException("the process is dead: " + what + " " + path);
        }
    }

    static Path real(Path path) {
        return path instanceof DyingPath dying ? dying.real() : path;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        real.getRootDirectories().forEach(root -> roots.add(path(root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = real.getPathMatcher(pattern);
        return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    private final class Provider extends FileSystemProvider {
        private FileSystemProvider of(Path path) {
            return real(path).getFileSystem().provider();
        }

        private void open(Path path, Set<? extends OpenOption> options) throws IOException {
            boolean creates = options.contains(StandardOpenOption.CREATE_NEW)
                    || options.contains(StandardOpenOption.CREATE) && !java.nio.file.Files.exists(real(path));
            if (creates) {
                change("create", path);
            } else if (options.contains(StandardOpenOption.WRITE) && isDead()) {
                throw new IOException("the process is dead: write " + path);
            }
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            open(path, options);
            return of(path).newFileChannel(real(path), options, attributes);
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            open(path, options);
            return of(path).newByteChannel(real(path), options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            var stream = of(folder).newDirectoryStream(real(folder), each -> filter.accept(path(each)));
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    var each = stream.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return each.hasNext();
                        }

                        @Override
                        public Path next() {
                            return path(each.next());
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            change("create folder", folder);
            of(folder).createDirectory(real(folder), attributes);
        }

        @Override
        public void createLink(Path link, Path existing) throws IOException {
            change("link", link);
            of(link).createLink(real(link), real(existing));
            stored.accept(real(link));
        }

        @Override
        public void delete(Path path) throws IOException {
            change("remove", path);
            of(path).delete(real(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            change("copy to", target);
            of(source).copy(real(source), real(target), options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            change("move to", target);
            of(source).move(real(source), real(target), options);
            stored.accept(real(target));
        }

        @Override
        public boolean isSameFile(Path one, Path other) throws IOException {
            return of(one).isSameFile(real(one), real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return of(path).isHidden(real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return of(path).getFileStore(real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            of(path).checkAccess(real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return of(path).getFileAttributeView(real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return of(path).readAttributes(real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
            return of(path).readAttributes(real(path), names, options);
        }

        @Override
        public void setAttribute(Path path, String name, Object value, LinkOption... options) throws IOException {
            of(path).setAttribute(real(path), name, value, options);
        }

        @Override
        public String getScheme() {
            return "dying";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return DyingDisk.this;
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }
    }
}
