package dev.pgkeep.dump;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.files.RegularFile;
import dev.pgkeep.manifest.Compression.Method;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The files with rows in a folder of the directory format. pg_restore takes a file that was cut off for a shorter one:
 * where it ends at the end of a line, the rows of the table just go on with whatever comes next. So each file that the
 * table of contents names must be there, decompress to its end, and end as pg_dump ends it. The end of a large object
 * that is not compressed cannot be told from its middle; only the stored checksums find that.
 */
final class DataFiles {
    private static final int BUFFER = 1 << 16;
    /** Bytes at the end of rows that tell whether they are whole. */
    static final int TAIL = 5;

    private DataFiles() {}

    /** @throws PgkeepException BACKUP_DAMAGED that names the file and its table */
    static void check(Path folder, ArchiveListing listing) {
        for (ArchiveListing.Entry entry : listing.ofType("TABLE DATA")) {
            entry.file().ifPresent(name -> check(folder, name, entry));
        }
    }

    private static void check(Path folder, String name, ArchiveListing.Entry entry) {
        Path file = find(folder, name, entry);
        if (file.toString().endsWith(".lz4")) {
            return;
        }
        byte[] end;
        try (InputStream raw = RegularFile.open(file)) {
            end = file.toString().endsWith(".dat")
                    ? lastOf(file, raw)
                    : lastOf(Decompression.open(raw, methodOf(file)));
        } catch (IOException e) {
            throw damaged(file, entry, "is cut off or damaged (" + e.getMessage() + ")");
        }
        if (!isWhole(end)) {
            throw damaged(file, entry, "is cut off");
        }
    }

    /** Whether the last bytes of a table's rows are those that pg_dump ends COPY, INSERTs or no INSERT with. */
    static boolean isWhole(byte[] end) {
        String text = new String(end, StandardCharsets.ISO_8859_1);
        return text.endsWith("\\.\n\n\n") || text.endsWith(";\n\n\n") || text.equals("\n\n");
    }

    private static Path find(Path folder, String name, ArchiveListing.Entry entry) {
        for (String ending : new String[] {"", ".gz", ".zst", ".lz4"}) {
            Path file = folder.resolve(name + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw damaged(folder.resolve(name), entry, "is missing");
    }

    private static Method methodOf(Path file) {
        return file.toString().endsWith(".gz") ? Method.GZIP : Method.ZSTD;
    }

    private static byte[] lastOf(Path file, InputStream in) throws IOException {
        in.skipNBytes(Math.max(0, Files.size(file) - TAIL));
        return in.readAllBytes();
    }

    private static byte[] lastOf(InputStream in) throws IOException {
        byte[] last = {};
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            byte[] joined = Arrays.copyOf(last, last.length + length);
            System.arraycopy(buffer, 0, joined, last.length, length);
            last = Arrays.copyOfRange(joined, Math.max(0, joined.length - TAIL), joined.length);
        }
        return last;
    }

    static PgkeepException damaged(Path file, ArchiveListing.Entry entry, String what) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                file + " " + what + ": the rows of " + entry.named(),
                "choose another backup: pgkeep list");
    }
}
