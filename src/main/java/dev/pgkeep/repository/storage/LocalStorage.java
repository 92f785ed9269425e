package dev.pgkeep.repository.storage;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.DurableFolder;
import dev.pgkeep.base.files.FileTree;
import dev.pgkeep.base.files.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Objects as files below a folder, which must be there: one that is gone (a disk that is not mounted) is not made
 * again. An object is written beside its place as {@code <name>.<random>.tmp} and linked into place when it is whole.
 */
public final class LocalStorage implements Storage {
    private static final Pattern PATH = Pattern.compile("[a-z0-9._-]*[a-z0-9_-](/[a-z0-9._-]*[a-z0-9_-])*");

    private final Path root;
    private final Runnable presence;

    public LocalStorage(Path root) {
        this(root, () -> {});
    }

    /** @param presence throws REPOSITORY_INVALID when the folder is no longer the one that was meant */
    public LocalStorage(Path root, Runnable presence) {
        this.root = root.toAbsolutePath();
        this.presence = presence;
    }

    @Override
    public boolean create(String path, byte[] bytes, int offset, int length) {
        Path file = file(path);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                // Its writer may be about to sync the folder; whoever relies on the file cannot wait for that.
                DurableFolder.sync(DurableFolder.of(file));
                return false;
            }
            requireRoot();
            DurableFolder.createBelow(root, DurableFolder.of(file));
            return DurableFiles.create(file, ByteBuffer.wrap(bytes, offset, length));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot write " + file);
        }
    }

    @Override
    public byte[] read(String path, long offset, int length) {
        Path file = file(path);
        try (FileChannel channel = opened(file)) {
            long there = Math.max(0, channel.size() - offset);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, there));
            ChannelPieces.read(channel, buffer, offset);
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        } catch (NoSuchFileException e) {
            requireRoot();
            throw new PgkeepException(
                    ErrorCode.OBJECT_MISSING,
                    file + " is missing",
                    "somebody removed it, or the disk lost it: put it back from a copy of the repository",
                    e);
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + file);
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        RegularFile.require(file);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public List<Stored> list(String folder) {
        try {
            return walk(folder)
                    .filter(each -> PATH.matcher(each.path).matches() && !isUnfinished(each.path))
                    .map(each -> new Stored(each.path, each.bytes))
                    .sorted(Comparator.comparing(Stored::path))
                    .toList();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot list " + file(folder));
        }
    }

    @Override
    public void delete(String path) {
        Path file = file(path);
        try {
            if (FileTree.remove(root, file)) {
                DurableFolder.sync(DurableFolder.of(file));
            }
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove " + file);
        }
    }

    @Override
    public long removeUnfinished(String folder) {
        try {
            long bytes = 0;
            for (var each : walk(folder).filter(each -> isUnfinished(each.path)).toList()) {
                FileTree.remove(root, each.file);
                bytes += each.bytes;
            }
            return bytes;
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot remove unfinished files in " + file(folder));
        }
    }

    private Stream<Found> walk(String folder) throws IOException {
        Path start = file(folder);
        if (!Files.isDirectory(start)) {
            requireRoot();
            return Stream.empty();
        }
        try (var tree = Files.walk(start)) {
            return tree
                    .filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .map(this::found)
                    .toList()
                    .stream();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Found found(Path file) {
        try {
            return new Found(root.relativize(file).toString().replace('\\', '/'), file, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String path) {
        if (!PATH.matcher(path).matches() || isUnfinished(path)) {
            throw new IllegalArgumentException("not a path of an object: " + path);
        }
        return root.resolve(path);
    }

    private static boolean isUnfinished(String path) {
        return path.endsWith(DurableFiles.UNFINISHED);
    }

    private void requireRoot() {
        presence.run();
        if (!Files.isDirectory(root)) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    "the folder " + root + " is not there",
                    "mount the disk of the repository, or choose another folder with --repo");
        }
    }

    private record Found(String path, Path file, long bytes) {}
}
