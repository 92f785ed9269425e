package dev.pgkeep.format.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.format.columnar.RowHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a document from its beginning to its end, and makes sure that it is what was written. */
public final class RowsReader implements AutoCloseable {
    /** The number of bytes at its end in which a document says its checksum. */
    private static final int END = 160;

    private final String name;
    private final InputStream stream;
    private final JsonIn in;
    private final DocumentHead head;
    private final Preamble preamble;
    private @Nullable SectionRows open;
    private boolean first = true;
    private long rows;
    private String sha = "";
    private RowHash content = RowHash.EMPTY;

    /**
     * A whole document that was read.
     *
     * @param contents the content of each section
     * @param sha256 as the document says, and as it is
     */
    public record Checked(DocumentHead head, Map<Section, RowHash> contents, String sha256) {
        public long rows() {
            return contents.values().stream().mapToLong(RowHash::rows).sum();
        }
    }

    private RowsReader(String name, InputStream stream) throws IOException {
        this.name = name;
        this.stream = stream;
        this.in = new JsonIn(stream);
        this.preamble = new Preamble(name, in);
        this.head = preamble.head();
    }

    /** @throws PgkeepException FILE_FAILED, FORMAT_UNSUPPORTED, BACKUP_DAMAGED */
    public static RowsReader open(Path file) {
        try {
            InputStream stream = RegularFile.open(file);
            try {
                return new RowsReader(String.valueOf(file.getFileName()), stream);
            } catch (IOException | RuntimeException e) {
                stream.close();
                throw e;
            }
        } catch (JsonIn.Malformed e) {
            throw damaged(String.valueOf(file.getFileName()), e.getMessage());
        } catch (NoSuchFileException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED,
                    "there is no file " + file,
                    "the documents of cleanups: pgkeep rows list",
                    e);
        } catch (IOException e) {
            throw new PgkeepException(ErrorCode.FILE_FAILED, "cannot read " + file, "check the path and its mode", e);
        }
    }

    /** Reads all of it. */
    public static Checked check(Path file) {
        try (RowsReader reader = open(file)) {
            Map<Section, RowHash> contents = new LinkedHashMap<>();
            for (Optional<Section> next = reader.nextSection(); next.isPresent(); next = reader.nextSection()) {
                while (reader.nextLine() != null) {
                    // It is hashed on the way.
                }
                contents.put(next.get(), reader.content());
            }
            return new Checked(reader.head, contents, reader.sha);
        }
    }

    /**
     * Looks at both ends of it: a document that was cut has no end. What lies between, {@link #check} reads.
     *
     * @throws PgkeepException FILE_FAILED, FORMAT_UNSUPPORTED, BACKUP_DAMAGED
     */
    public static void glance(Path file) {
        open(file).close();
        String name = String.valueOf(file.getFileName());
        try (var channel = java.nio.channels.FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - END);
            byte[] end = java.nio.channels.Channels.newInputStream(channel.position(from))
                    .readNBytes(END);
            String text = new String(end, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (!text.contains("\"sha256\"") || !text.stripTrailing().endsWith("}")) {
                throw damaged(name, "it was cut, or its end was written over");
            }
        } catch (IOException e) {
            throw new PgkeepException(ErrorCode.FILE_FAILED, "cannot read " + name, "check the disk", e);
        }
    }

    public DocumentHead head() {
        return head;
    }

    /** The checksum of a document that was read to its end; empty before. */
    public String sha256() {
        return sha;
    }

    /** The content of the section that has just ended. */
    private RowHash content() {
        return content;
    }

    /**
     * The next section, after every row of the one before was read; empty at the end of the document, which was then
     * found to be as it was written.
     */
    public Optional<Section> nextSection() {
        return guarded(() -> {
            if (first ? in.take(']') : !in.take(',')) {
                end(first);
                return Optional.empty();
            }
            first = false;
            Section section = preamble.section();
            open = new SectionRows(in, section);
            return Optional.of(section);
        });
    }

    /** The next row as a line of COPY with its end; null after the last. */
    public byte @Nullable [] nextLine() {
        SectionRows section = open;
        if (section == null) {
            return null;
        }
        Optional<byte[]> next = guarded(section::next);
        if (next.isEmpty()) {
            content = section.content();
            open = null;
        } else {
            rows++;
        }
        return next.orElse(null);
    }

    private void end(boolean empty) throws IOException {
        if (!empty) {
            in.expect(']');
        }
        in.expect(',');
        in.key("rows");
        if (in.number() != rows) {
            throw in.malformed("it does not have as many rows as it says");
        }
        in.expect(',');
        sha = in.sha();
        in.key("sha256");
        if (!in.text().equals(sha)) {
            throw in.malformed("its checksum is wrong");
        }
        in.expect('}');
        if (in.peek() >= 0) {
            throw in.malformed("something follows its end");
        }
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T guarded(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonIn.Malformed e) {
            throw damaged(name, e.getMessage());
        } catch (IOException e) {
            throw new PgkeepException(ErrorCode.FILE_FAILED, "cannot read " + name, "check the disk", e);
        }
    }

    private static PgkeepException damaged(String name, @Nullable String what) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                name + " is damaged: " + what,
                "the safety backup of that cleanup has the same rows and all others: pgkeep list");
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written.
        }
    }
}
