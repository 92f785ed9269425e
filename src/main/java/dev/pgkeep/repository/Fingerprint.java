package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Manifest.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Length and SHA-256 of stored files, read from the disk. */
public final class Fingerprint {
    private static final int BUFFER = 1 << 20;

    private Fingerprint() {}

    /**
     * Every file of a stored form, in the order of their paths.
     *
     * @param root the folder that paths are relative to
     * @param path the file, or the folder of the directory format
     */
    public static List<StoredFile> of(Path root, Path path, Cancellation cancellation) {
        try (var tree = Files.walk(path)) {
            return tree.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> ofFile(root, file, cancellation))
                    .toList();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** The path, length and checksum of one file. */
    public static StoredFile ofFile(Path root, Path file, Cancellation cancellation) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = RegularFile.open(file)) {
            MessageDigest digest = Sha256.digest();
            long bytes = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                cancellation.check();
                digest.update(buffer, 0, length);
                bytes += length;
            }
            String relative = root.relativize(file).toString().replace('\\', '/');
            return new StoredFile(relative, bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static PgkeepException failed(Path path, IOException e) {
        return new PgkeepException(
                ErrorCode.FILE_FAILED, "cannot read " + path + ": " + e.getMessage(), "check the disk", e);
    }
}
