package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A dump file or folder, recognised by its content.
 *
 * @param path the file, or the folder of the directory format
 * @param format what it is inside
 * @param wrapping how the whole file is compressed from outside ({@code NONE} for archives with their own compression)
 * @param cluster whether it is a script of pg_dumpall, which holds roles and several databases
 */
public record DumpFile(Path path, Format format, Method wrapping, boolean cluster) {
    private static final int HEAD = 2048;
    /** Within so many bytes a dump begins, where a program said something before. */
    private static final int LONG_HEAD = 1 << 16;

    private static final int TAR_MAGIC_AT = 257;
    /** A shorter text may be the first bytes of anything. */
    private static final int SHORTEST = 8;

    /**
     * Looks at the first bytes (after decompression) and says what it is.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_DAMAGED (empty or cut off before its header ends),
     *     FORMAT_UNKNOWN
     */
    public static DumpFile recognise(Path path) {
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        byte[] raw = head(path);
        if (raw.length == 0) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED, path + " is empty", "choose another backup: pgkeep list");
        }
        refuse(path, OtherFile.packed(path, raw));
        Method wrapping = Decompression.methodOf(raw);
        byte[] head = wrapping == Method.NONE ? raw : unwrapped(path, wrapping, HEAD);
        return inside(path, wrapping, head);
    }

    /** The format and compression in a few letters, for instance {@code plain+zstd}. */
    public String describe() {
        return wrapping == Method.NONE ? format.word() : format.word() + "+" + wrapping.word();
    }

    /** Whether pg_restore can read it straight from its path, in parallel. */
    public boolean isReadableByPath() {
        return format.isArchive() && wrapping == Method.NONE;
    }

    private static DumpFile inside(Path path, Method wrapping, byte[] head) {
        refuse(path, OtherFile.rewritten(path, head));
        if (startsWith(head, 0, "PGDMP")) {
            return new DumpFile(path, Format.CUSTOM, wrapping, false);
        }
        if (startsWith(head, TAR_MAGIC_AT, "ustar")) {
            if (!startsWith(head, 0, "toc.dat")) {
                throw unknown(path, "is a tar file, but not one of pg_dump (it does not begin with toc.dat)");
            }
            return new DumpFile(path, Format.TAR, wrapping, false);
        }
        String text = new String(head, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            if (text.contains("PGDMP") || text.startsWith("SQLite format 3")) {
                refuse(path, OtherText.inside(path, new String(head, StandardCharsets.ISO_8859_1)));
            }
            throw unknown(path, "is neither SQL text nor an archive of pg_dump");
        }
        if (wrapping == Method.NONE && head.length < SHORTEST) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    path + " is cut off: it has " + head.length + " bytes",
                    "choose another backup: pgkeep list");
        }
        refuse(
                path,
                OtherText.of(
                        path,
                        wrapping,
                        text,
                        () -> new String(unwrapped(path, wrapping, LONG_HEAD), StandardCharsets.ISO_8859_1)));
        return new DumpFile(path, Format.PLAIN, wrapping, text.contains("PostgreSQL database cluster dump"));
    }

    private static void refuse(Path path, Optional<OtherFile> other) {
        other.ifPresent(each -> {
            throw new PgkeepException(ErrorCode.FORMAT_UNKNOWN, path + " " + each.what(), each.hint());
        });
    }

    private static DumpFile folder(Path path) {
        for (String toc : new String[] {"toc.dat", "toc.dat.gz"}) {
            if (Files.isRegularFile(path.resolve(toc))) {
                refuse(path, OtherFile.rewritten(path, head(path.resolve(toc))));
                return new DumpFile(path, Format.DIRECTORY, Method.NONE, false);
            }
        }
        throw unknown(path, "is a folder without toc.dat, so not a dump in the directory format");
    }

    private static byte[] head(Path path) {
        try (InputStream in = RegularFile.open(path)) {
            return in.readNBytes(HEAD);
        } catch (NoSuchFileException e) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND, "there is no file " + path, "check the path, or see: pgkeep list", e);
        } catch (AccessDeniedException e) {
            throw new PgkeepException(
                    ErrorCode.NO_PERMISSION, "no permission to read " + path, "check its owner and mode", e);
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot read " + path + ": " + e.getMessage(), "check the disk", e);
        }
    }

    private static byte[] unwrapped(Path path, Method wrapping, int length) {
        try (InputStream in = Decompression.open(RegularFile.open(path), wrapping)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw Decompression.damaged(path, e);
        }
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        return Bytes.isAt(bytes, at, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static PgkeepException unknown(Path path, String what) {
        return new PgkeepException(ErrorCode.FORMAT_UNKNOWN, path + " " + what, OtherFile.READS);
    }
}
