package dev.pgkeep.repository;

import dev.pgkeep.storage.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Files that are written under a name of their own before they are renamed into place. A run that is killed in between
 * leaves one behind; nobody reads it, and the next run removes it.
 *
 * <p>While it is written it is locked, so that one of a living run stays. For a moment at either end it is not: its
 * writer copes with its loss. So nothing has to wait until a file is old.
 */
final class TemporaryFiles {
    private static final Pattern OF_JSON = Pattern.compile("\\..+\\.json\\.[0-9a-f]{1,16}\\.tmp");

    private TemporaryFiles() {}

    /** A new name beside a file; hidden, so that no listing takes it for anything. */
    static Path beside(Path file) {
        String name = "." + file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp";
        return PrivateFiles.parent(file).resolve(name);
    }

    /** Says that its run lives, until the channel is closed; where there are no locks nothing is ever removed. */
    static void lock(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            // Somebody looks at it, or there are no locks here.
        }
    }

    /** Removes those of dead runs in a repository; what lies in a work folder goes with that. */
    static void remove(Layout layout) {
        // The root is where people put files of their own: there only what can be nothing else.
        String header = "." + Header.FILE + ".";
        remove(layout, layout.root(), name -> name.startsWith(header) && isTemporary(name));
        for (Path folder : List.of(layout.marks(), layout.runs(), layout.rows())) {
            remove(layout, folder, TemporaryFiles::isTemporary);
        }
    }

    private static boolean isTemporary(String name) {
        return OF_JSON.matcher(name).matches();
    }

    private static void remove(Layout layout, Path folder, Predicate<String> chosen) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> chosen.test(String.valueOf(file.getFileName())))
                    .filter(TemporaryFiles::isDead)
                    .forEach(each -> PrivateFiles.deleteQuietly(layout, each));
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + folder);
        }
    }

    private static boolean isDead(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
