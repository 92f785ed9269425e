package dev.pgkeep.rows;

import dev.pgkeep.columnar.RowHash;
import dev.pgkeep.columnar.RowHasher;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.rows.DocumentHead.Condition;
import dev.pgkeep.rows.Section.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a document from its beginning to its end, and makes sure that it is what was written. */
public final class RowsReader implements AutoCloseable {
    private final String name;
    private final InputStream stream;
    private final JsonIn in;
    private final DocumentHead head;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable OpenSection open;
    private boolean first = true;
    private long rows;

    private static final class OpenSection {
        private final Section section;
        private final List<ValueForm> forms;
        private final RowHasher hasher = new RowHasher();

        OpenSection(Section section) {
            this.section = section;
            this.forms = section.columns().stream()
                    .map(column -> ValueForm.of(column.type()))
                    .toList();
        }
    }

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
        this.head = readHead();
    }

    /** @throws PgkeepException FILE_FAILED, FORMAT_UNSUPPORTED, BACKUP_DAMAGED */
    public static RowsReader open(Path file) {
        try {
            InputStream stream = Files.newInputStream(file);
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

    private String sha = "";
    private RowHash content = RowHash.EMPTY;

    public DocumentHead head() {
        return head;
    }

    /** What the section that has just ended holds. */
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
            Section section = readSection();
            open = new OpenSection(section);
            return Optional.of(section);
        });
    }

    /** The next row as a line of COPY with its end; null after the last. */
    public byte @Nullable [] nextLine() {
        OpenSection section = open;
        if (section == null) {
            return null;
        }
        return guarded(() -> next(section)).orElse(null);
    }

    private Optional<byte[]> next(OpenSection section) throws IOException {
        if (section.hasher.total().rows() == 0 ? in.take(']') : !in.take(',')) {
            endSection(section);
            return Optional.empty();
        }
        line.reset();
        readRow(section);
        byte[] bytes = line.toByteArray();
        section.hasher.add(bytes, 0, bytes.length - 1);
        rows++;
        return Optional.of(bytes);
    }

    private void readRow(OpenSection section) throws IOException {
        in.expect('{');
        List<Column> columns = section.section.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                in.expect(',');
                line.write('\t');
            }
            in.key(columns.get(i).name());
            value(section.forms.get(i));
        }
        in.expect('}');
        line.write('\n');
    }

    private void value(ValueForm form) throws IOException {
        if (in.peek() == '"') {
            ByteArrayOutputStream value = in.bytes();
            CopyText.escape(value.toByteArray(), value.size(), line);
            return;
        }
        String word = in.word();
        switch (word) {
            case "null" -> CopyText.writeNull(line);
            case "true", "false" -> line.write(word.charAt(0));
            default -> {
                if (form != ValueForm.INTEGER || !word.matches("-?\\d+")) {
                    throw in.malformed("there is no value of this column");
                }
                line.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void endSection(OpenSection section) throws IOException {
        if (section.hasher.total().rows() > 0) {
            in.expect(']');
        }
        in.expect(',');
        in.key("count");
        long count = in.number();
        in.expect(',');
        in.key("content");
        String hash = in.text();
        in.expect('}');
        content = section.hasher.total();
        if (content.rows() != count || !content.hex().equals(hash)) {
            throw in.malformed("the rows of " + section.section.shown() + " are not those that were written");
        }
        open = null;
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

    private DocumentHead readHead() throws IOException {
        in.expect('{');
        in.key("format");
        if (!in.text().equals(RowsWriter.FORMAT)) {
            throw in.malformed("it is no document of rows");
        }
        in.expect(',');
        in.key("version");
        long version = in.number();
        if (version > RowsWriter.VERSION) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    name + " was written by a newer pgkeep (version " + version + " of the document)",
                    "update pgkeep to read it");
        }
        String database = member("database");
        String server = member("server");
        String serverVersion = member("serverVersion");
        String created = member("created");
        String reason = member("reason");
        in.expect(',');
        in.key("conditions");
        List<Condition> conditions = list(this::readCondition);
        Optional<String> safety = Optional.of(member("safetyBackup")).filter(text -> !text.isEmpty());
        in.expect(',');
        in.key("sections");
        in.expect('[');
        return new DocumentHead(database, server, serverVersion, instant(created), reason, conditions, safety);
    }

    private Instant instant(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw in.malformed("its time is none");
        }
    }

    private Condition readCondition() throws IOException {
        in.expect('{');
        in.key("plan");
        String plan = in.text();
        String table = member("table");
        String where = member("where");
        in.expect('}');
        return new Condition(plan, table, where);
    }

    private Section readSection() throws IOException {
        in.expect('{');
        in.key("schema");
        TableName table = new TableName(in.text(), member("table"));
        in.expect(',');
        String key = in.key();
        Optional<Section.Change> change = Optional.empty();
        if (key.equals("changedBy")) {
            change = Optional.of(readChange());
            in.expect(',');
            key = in.key();
        }
        if (!key.equals("columns")) {
            throw in.malformed("there should be columns instead of " + key);
        }
        List<Column> columns = list(this::readColumn);
        in.expect(',');
        in.key("key");
        List<String> names = list(in::text);
        in.expect(',');
        in.key("rows");
        in.expect('[');
        return new Section(table, columns, names, change);
    }

    private Section.Change readChange() throws IOException {
        String foreignKey = in.text();
        in.expect(',');
        in.key("sets");
        List<String> sets = list(in::text);
        in.expect(',');
        in.key("left");
        Map<String, String> left = new LinkedHashMap<>();
        in.expect('{');
        while (!in.take('}')) {
            if (!left.isEmpty()) {
                in.expect(',');
            }
            left.put(in.key(), in.text());
        }
        return new Section.Change(foreignKey, sets, left);
    }

    private Column readColumn() throws IOException {
        in.expect('{');
        in.key("name");
        String column = in.text();
        String type = member("type");
        in.expect('}');
        return new Column(column, type);
    }

    private String member(String wanted) throws IOException {
        in.expect(',');
        in.key(wanted);
        return in.text();
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> List<T> list(Reading<T> element) throws IOException {
        List<T> values = new ArrayList<>();
        in.expect('[');
        while (!in.take(']')) {
            if (!values.isEmpty()) {
                in.expect(',');
            }
            values.add(element.read());
        }
        return values;
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
