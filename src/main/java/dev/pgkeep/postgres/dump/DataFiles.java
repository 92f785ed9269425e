package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Compression.Method;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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
        Set<Path> checked = new HashSet<>();
        for (ArchiveListing.Entry entry : listing.ofType("TABLE DATA")) {
            entry.file().ifPresent(name -> checked.add(check(folder, name, entry)));
        }
        others(folder, checked);
        largeObjects(folder, listing);
    }

    /** pg_restore loads as many as are listed beside their rows, whatever the table of contents says. */
    private static void largeObjects(Path folder, ArchiveListing listing) {
        long expected = listing.largeObjects();
        if (expected == 0 || listing.ofType("BLOBS").isEmpty()) {
            return;
        }
        long listed = 0;
        try (var files = Files.newDirectoryStream(folder, "blobs*.toc")) {
            for (Path file : files) {
                listed += Files.readString(file, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
            }
        } catch (IOException e) {
            throw Decompression.damaged(folder, e);
        }
        if (listed != expected) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    folder + " is damaged: it lists " + Sizes.count(expected, "large object") + ", and holds " + listed,
                    "choose another backup: pgkeep list");
        }
    }

    /** Large objects: the end of one that is compressed can be told. */
    private static void others(Path folder, Set<Path> checked) {
        try (var files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> !checked.contains(each)).sorted().toList()) {
                decompress(file);
            }
        } catch (IOException e) {
            throw Decompression.damaged(folder, e);
        }
    }

    private static void decompress(Path file) {
        String name = file.toString();
        try (InputStream raw = Files.newInputStream(file)) {
            if (name.endsWith(".lz4")) {
                Lz4Frames.check(new BufferedInputStream(raw, BUFFER));
            } else if (name.endsWith(".gz") || name.endsWith(".zst")) {
                Decompression.open(raw, methodOf(file)).transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw Decompression.damaged(file, e);
        }
    }

    private static Path check(Path folder, String name, ArchiveListing.Entry entry) {
        Path file = find(folder, name, entry);
        if (file.toString().endsWith(".lz4")) {
            decompress(file);
            return file;
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
        return file;
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
