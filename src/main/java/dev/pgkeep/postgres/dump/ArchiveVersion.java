package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The version of an archive's own layout, which decides which pg_restore can read it. Source: pg_backup_archiver.h. */
public final class ArchiveVersion {
    private static final int MAGIC = 5;

    private ArchiveVersion() {}

    /** The version of an archive, for instance {@code 1.14-0}; empty for scripts, and where it cannot be read. */
    public static Optional<String> of(DumpFile dump) {
        if (!dump.format().isArchive()) {
            return Optional.empty();
        }
        try (InputStream in = openToc(dump)) {
            return of(in);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The version of an archive in the custom format, from its first byte. */
    public static Optional<String> of(InputStream in) {
        try {
            byte[] head = in.readNBytes(MAGIC + 3);
            if (head.length < MAGIC + 3 || !new String(head, 0, MAGIC, StandardCharsets.US_ASCII).equals("PGDMP")) {
                return Optional.empty();
            }
            return Optional.of(head[MAGIC] + "." + head[MAGIC + 1] + "-" + head[MAGIC + 2]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The archive from the first byte of its table of contents, decompressed where the whole file is compressed. */
    static InputStream openToc(DumpFile dump) throws IOException {
        Path file = dump.format() == Format.DIRECTORY ? tocOf(dump.path()) : dump.path();
        InputStream raw = RegularFile.open(file);
        try {
            Method wrapping =
                    dump.format() == Format.DIRECTORY && file.toString().endsWith(".gz")
                            ? Method.GZIP
                            : dump.wrapping();
            InputStream in = new BufferedInputStream(Decompression.open(raw, wrapping));
            return dump.format() == Format.TAR ? TarMembers.first(in) : in;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static Path tocOf(Path folder) {
        Path plain = folder.resolve("toc.dat");
        return Files.exists(plain) ? plain : folder.resolve("toc.dat.gz");
    }
}
