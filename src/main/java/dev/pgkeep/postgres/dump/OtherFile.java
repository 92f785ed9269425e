package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.units.ShellWords;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds a dump in a way that pgkeep does not read, or none at all, known by its first bytes.
 *
 * @param what a sentence about the file without its subject
 * @param hint what to do
 */
record OtherFile(String what, String hint) {
    static final String READS = "pgkeep reads .sql, .sql.gz, .sql.zst, .dump, .tar and folders made by pg_dump";

    /** Endings that go when what is inside comes out. */
    private static final Set<String> PACKED = Set.of(".lzma", ".Z", ".age", ".gpg", ".pgp", ".asc", ".enc");

    /** Bytes that tell a file. */
    private static final int LONGEST = 32;

    /** Beginnings of files; {@code FILE} and {@code NEW} in a command stand for the file and what comes out of it. */
    private enum Kind {
        XZ("fd377a585a00", "is compressed with xz", "xz -dk FILE"),
        BZIP2("425a68", "is compressed with bzip2", "bzip2 -dk FILE"),
        ZIP("504b0304", "is a zip file", "unzip FILE"),
        SEVEN_ZIP("377abcaf271c", "is a 7z file", "7z x FILE"),
        RAR("526172211a07", "is a rar file", "unrar x FILE"),
        LZ4("04224d18", "is compressed with lz4", "lz4 -dk FILE"),
        LZIP("4c5a4950", "is compressed with lzip", "lzip -dk FILE"),
        LZMA("5d0000", "is compressed with lzma", "xz --format=lzma -dc FILE > NEW"),
        COMPRESS("1f9d", "is compressed with compress", "uncompress -c FILE > NEW"),
        OPENSSL("53616c7465645f5f", "is encrypted with openssl", "openssl enc -d … -in FILE -out NEW"),
        AGE("6167652d656e6372797074696f6e2e6f7267", "is encrypted with age", "age --decrypt -o NEW FILE"),
        PGP("2d2d2d2d2d424547494e20504750", "is encrypted with GnuPG", "gpg --output NEW --decrypt FILE");

        private final String begins;
        private final String what;
        private final String command;

        Kind(String begins, String what, String command) {
            this.begins = begins;
            this.what = what;
            this.command = command;
        }
    }

    /** Recognises what is packed otherwise, before anything else is made of it. */
    static Optional<OtherFile> packed(Path path, byte[] head) {
        String begins = HexFormat.of().formatHex(head, 0, Math.min(LONGEST, head.length));
        for (Kind kind : Kind.values()) {
            if (begins.startsWith(kind.begins)) {
                return Optional.of(new OtherFile(
                        kind.what + ", which pgkeep does not read", "unpack it first: " + command(kind.command, path)));
            }
        }
        return Optional.empty();
    }

    /** Recognises text in UTF-16, and archives that were taken for text on their way. */
    static Optional<OtherFile> rewritten(Path path, byte[] head) {
        Optional<Charset> wide = wide(head);
        if (wide.isPresent()) {
            String text = new String(head, wide.get());
            String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
            return Optional.of(
                    plain.startsWith("PGDMP")
                            ? new OtherFile(
                                    "is an archive of pg_dump that was turned into text in UTF-16, as > does in"
                                            + " PowerShell: it is lost",
                                    "dump again, and let pg_dump write the file: pg_dump -Fc --file=NAME")
                            : OtherText.inside(path, plain).orElseGet(() -> inUtf16(path, wide.get())));
        }
        return isArchive(head) && hasOnlyCrLf(head) ? Optional.of(withCrLf(path, head)) : Optional.empty();
    }

    /** A command with the file in it. */
    static String command(String command, Path path) {
        String file = ShellWords.word(path.toString());
        String bare = String.valueOf(path.getFileName());
        int dot = bare.lastIndexOf('.');
        String ending = dot > 0 ? bare.substring(dot) : "";
        String stem = dot > 0 ? bare.substring(0, dot) : bare;
        String fresh = PACKED.contains(ending) ? stem : stem + ".new" + (ending.isEmpty() ? ".sql" : ending);
        return command.replace("FILE", file).replace("NEW", ShellWords.word(fresh));
    }

    private static OtherFile inUtf16(Path path, Charset charset) {
        String from = charset.equals(StandardCharsets.UTF_16) ? "UTF-16" : charset.name();
        return new OtherFile(
                "is text in UTF-16, as > writes it in PowerShell",
                "make UTF-8 of it: " + command("iconv -f " + from + " -t UTF-8 FILE > NEW", path)
                        + "; next time let pg_dump write the file, with --file");
    }

    private static OtherFile withCrLf(Path path, byte[] head) {
        String what = "is an archive of pg_dump whose line feeds all became CR LF: it was taken for text on its way"
                + " (a terminal of docker exec -t or ssh -t, FTP's ASCII mode, > in PowerShell)";
        // Where bytes that are no UTF-8 were replaced, nothing brings them back.
        boolean lost = Bytes.contains(head, "\ufffd".getBytes(StandardCharsets.UTF_8));
        return lost
                ? new OtherFile(
                        what + ", and is lost", "dump again, and let pg_dump write the file: pg_dump -Fc --file=NAME")
                : new OtherFile(
                        what,
                        "send it again as it is; or try to turn it back: "
                                + command("perl -pe 's/\\r\\n/\\n/' FILE > NEW", path));
    }

    private static boolean isArchive(byte[] head) {
        return Bytes.startsWith(head, "PGDMP".getBytes(StandardCharsets.US_ASCII))
                || Bytes.startsWith(head, "toc.dat\0".getBytes(StandardCharsets.US_ASCII));
    }

    /** An archive begins with a list of statements, which pg_dump ends with line feeds alone. */
    private static boolean hasOnlyCrLf(byte[] head) {
        boolean some = false;
        for (int at = 0; at < head.length; at++) {
            if (head[at] == '\n') {
                if (at == 0 || head[at - 1] != '\r') {
                    return false;
                }
                some = true;
            }
        }
        return some;
    }

    private static Optional<Charset> wide(byte[] head) {
        if (head.length < 4) {
            return Optional.empty();
        }
        if (head[0] == -1 && head[1] == -2 || head[0] == -2 && head[1] == -1) {
            return Optional.of(StandardCharsets.UTF_16);
        }
        boolean little = head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0;
        boolean big = head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0;
        return little
                ? Optional.of(StandardCharsets.UTF_16LE)
                : big ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }
}
