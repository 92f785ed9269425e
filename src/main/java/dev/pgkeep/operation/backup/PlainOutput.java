package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.postgres.dump.CompressedScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the script of pg_dump to its file, compressed while it streams. */
final class PlainOutput {
    private static final int BUFFER = 1 << 17;

    private PlainOutput() {}

    /** @param head what stands before the script */
    static void write(InputStream script, String head, Path file, Compression compression) throws IOException {
        try (OutputStream out =
                CompressedScript.open(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), compression)) {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[BUFFER];
            for (int length = script.read(buffer); length >= 0; length = script.read(buffer)) {
                out.write(buffer, 0, length);
            }
        }
    }
}
