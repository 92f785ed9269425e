package dev.pgkeep.base.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** Files and folders with all below them. No link in them, or in the place of one of them, is followed. */
public final class FileTree {
    private FileTree() {}

    /**
     * Removes a file or folder; what is gone already, or goes at the same time by another process, does not matter. The
     * folder it lies in is trusted.
     *
     * @return whether there was something
     */
    public static boolean remove(Path root) throws IOException {
        Path absolute = root.toAbsolutePath();
        return remove(Objects.requireNonNull(absolute.getParent(), "a file system is not removed"), absolute);
    }

    /**
     * Removes something that lies below a folder, at any depth: only the path of that folder is trusted, and what is
     * between may be anybody's.
     *
     * @throws NotDirectoryException when anything between is no folder, a link for instance
     */
    public static boolean remove(Path trusted, Path path) throws IOException {
        Path relative = trusted.toAbsolutePath().relativize(path.toAbsolutePath());
        for (Path each : relative) {
            if (each.toString().isEmpty()
                    || each.toString().equals(".")
                    || each.toString().equals("..")) {
                throw new IllegalArgumentException(path + " is not below " + trusted);
            }
        }
        try (OpenFolder folder = OpenFolder.of(trusted)) {
            return remove(folder, relative);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean remove(OpenFolder in, Path relative) throws IOException {
        Path name = relative.getName(0);
        if (relative.getNameCount() == 1) {
            return in.remove(name);
        }
        if (!in.exists(name)) {
            return false;
        }
        try (OpenFolder folder = in.folder(name)) {
            return remove(folder, relative.subpath(1, relative.getNameCount()));
        }
    }
}
