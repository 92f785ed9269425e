package dev.pgkeep.base.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files because of their name, which somebody else may have given to anything. Opening a pipe waits until
 * somebody writes into it, a device may have no end, and a socket is no file at all. Links to files are followed.
 */
public final class RegularFile {
    private RegularFile() {}

    /** @throws IOException also when it is no regular file; a {@link FileSystemException} says so then */
    public static InputStream open(Path file) throws IOException {
        require(file);
        return Files.newInputStream(file);
    }

    /** All bytes of a regular file. */
    public static byte[] bytes(Path file) throws IOException {
        require(file);
        return Files.readAllBytes(file);
    }

    /** @throws IOException when it is not there, or no regular file */
    public static void require(Path file) throws IOException {
        var found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new FileSystemException(
                    file.toString(), null, found.isDirectory() ? "a folder" : "not a regular file");
        }
    }
}
