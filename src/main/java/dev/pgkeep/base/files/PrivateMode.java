package dev.pgkeep.base.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The mode of what is its owner's alone. Where a file system has no modes, nothing is done. */
public enum PrivateMode {
    /** 600. */
    FILE("rw-------"),
    /** 700. */
    FOLDER("rwx------");

    private final Set<PosixFilePermission> permissions;

    PrivateMode(String permissions) {
        this.permissions = Set.copyOf(PosixFilePermissions.fromString(permissions));
    }

    /** What to make it with: nobody can open it before it is private. */
    public FileAttribute<?>[] attributes(Path path) {
        return hasModes(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /**
     * Gives it this mode unless it has it. A link stays as it is: it has no mode of its own, and what it leads to may
     * be another one's.
     */
    public void set(Path path) throws IOException {
        if (hasModes(path)) {
            var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            var attributes = view.readAttributes();
            // Looked at first, since some Javas follow links here all the same; and giving a mode opens the file, which
            // would end a lock on it.
            if (!attributes.isSymbolicLink() && !attributes.permissions().equals(permissions)) {
                view.setPermissions(permissions);
            }
        }
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
