package dev.pgkeep.postgres.dump;

import dev.pgkeep.base.files.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The database that a dump says it is of, at its very beginning: an archive always, a script of {@code pg_dump -C}. */
public final class DumpOrigin {
    private static final int HEAD = 8192;
    /** As pg_dump writes it: bare, in quotes, or as a connection string. */
    private static final Pattern CONNECT = Pattern.compile("(?m)^\\\\connect (?:-reuse-previous=on )?"
            + "(?:\"dbname='((?:[^'\\\\]|\\\\.)+)'\"|\"((?:[^\"]|\"\")+)\"|([^\\s\"]+))\\s*?$");

    private DumpOrigin() {}

    /** The name of the database; empty where the dump does not tell, or cannot be read. */
    public static Optional<String> database(DumpFile dump) {
        try {
            return dump.format().isArchive() ? ofArchive(dump) : dump.cluster() ? Optional.empty() : ofScript(dump);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofArchive(DumpFile dump) throws IOException {
        try (InputStream in = ArchiveVersion.openToc(dump)) {
            // No more than that, whatever a damaged head says of its length.
            return ArchiveToc.database(new ByteArrayInputStream(in.readNBytes(HEAD)));
        }
    }

    private static Optional<String> ofScript(DumpFile dump) throws IOException {
        try (InputStream in = Decompression.open(RegularFile.open(dump.path()), dump.wrapping())) {
            return connected(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8));
        }
    }

    /** The database that the beginning of a script goes to last: before it makes that one, it may be in another. */
    static Optional<String> connected(String head) {
        Optional<String> last = Optional.empty();
        for (Matcher match = CONNECT.matcher(head); match.find(); ) {
            last = Optional.of(
                    match.group(1) != null
                            ? match.group(1).replaceAll("\\\\(.)", "$1")
                            : match.group(2) != null ? match.group(2).replace("\"\"", "\"") : match.group(3));
        }
        return last;
    }
}
