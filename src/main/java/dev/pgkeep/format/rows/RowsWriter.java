package dev.pgkeep.format.rows;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.pgtext.CopyTextFormat;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.Section.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes a document. */
public final class RowsWriter {
    static final String FORMAT = "pgkeep rows";
    static final int VERSION = 1;

    private final JsonOut out;
    private long rows;

    private RowsWriter(OutputStream out) {
        this.out = new JsonOut(out);
    }

    /**
     * The summary of the document that was written.
     *
     * @param sections the content of each section, in their order
     * @param sha256 of everything before the line that says it
     */
    public record Written(List<RowHash> sections, long bytes, String sha256) {
        public long rows() {
            return sections.stream().mapToLong(RowHash::rows).sum();
        }
    }

    /** Told what has been written so far. */
    @FunctionalInterface
    public interface Watcher {
        void written(Section section, long rows, long bytes);
    }

    /**
     * Writes everything that a source has.
     *
     * @throws UncheckedIOException when the stream takes no more
     */
    public static Written write(OutputStream out, DocumentHead head, RowSource source, Watcher watcher) {
        try {
            return new RowsWriter(out).document(head, source, watcher);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Written document(DocumentHead head, RowSource source, Watcher watcher) throws IOException {
        head(head);
        List<RowHash> hashes = new ArrayList<>();
        out.raw("\"sections\": [");
        for (Section section : source.sections()) {
            out.raw(hashes.isEmpty() ? "\n" : ",\n");
            hashes.add(section(section, source, watcher));
        }
        out.raw("\n],\n\"rows\": " + rows + ",\n");
        String sha = out.sha();
        out.raw("\"sha256\": \"" + sha + "\"\n}\n");
        out.flush();
        return new Written(List.copyOf(hashes), out.bytes(), sha);
    }

    private void head(DocumentHead head) throws IOException {
        out.raw("{\n\"format\": \"" + FORMAT + "\",\n\"version\": " + VERSION + ",\n\"database\": ")
                .text(head.database());
        out.raw(",\n\"server\": ").text(head.server());
        out.raw(",\n\"serverVersion\": ").text(head.serverVersion());
        out.raw(",\n\"created\": ").text(head.created().toString());
        out.raw(",\n\"reason\": ").text(head.reason());
        out.raw(",\n\"conditions\": [");
        String before = "";
        for (Condition condition : head.conditions()) {
            out.raw(before + "{\"plan\": ").text(condition.plan());
            out.raw(", \"table\": ").text(condition.table());
            out.raw(", \"where\": ").text(condition.where()).raw("}");
            before = ", ";
        }
        out.raw("],\n\"safetyBackup\": ").text(head.safetyBackup().orElse(""));
        if (!head.moneyLocale().equals(DocumentHead.USUAL_MONEY)) {
            out.raw(",\n\"moneyLocale\": ").text(head.moneyLocale());
        }
        out.raw(",\n");
    }

    private RowHash section(Section section, RowSource source, Watcher watcher) throws IOException {
        out.raw("{\"schema\": ").text(section.table().schema());
        out.raw(", \"table\": ").text(section.table().name());
        if (section.change().isPresent()) {
            change(section.change().get());
        }
        out.raw(",\n\"columns\": [");
        String before = "";
        for (Column column : section.columns()) {
            out.raw(before + "{\"name\": ").text(column.name());
            out.raw(", \"type\": ").text(column.type()).raw("}");
            before = ", ";
        }
        out.raw("],\n\"key\": ");
        texts(section.key());
        out.raw(",\n\"rows\": [");
        RowHash hash = rows(section, source, watcher);
        out.raw("\n],\n\"count\": " + hash.rows() + ", \"content\": \"" + hash.hex() + "\"}");
        return hash;
    }

    private void change(Section.Change change) throws IOException {
        out.raw(",\n\"changedBy\": ").text(change.foreignKey());
        out.raw(", \"sets\": ");
        texts(change.sets());
        out.raw(", \"left\": {");
        Iterator<Map.Entry<String, String>> entries = change.left().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, String> entry = entries.next();
            out.text(entry.getKey()).raw(": ").text(entry.getValue()).raw(entries.hasNext() ? ", " : "");
        }
        out.raw("}");
    }

    private void texts(List<String> values) throws IOException {
        out.raw("[");
        for (int i = 0; i < values.size(); i++) {
            out.raw(i == 0 ? "" : ", ").text(values.get(i));
        }
        out.raw("]");
    }

    private RowHash rows(Section section, RowSource source, Watcher watcher) {
        RowHasher hasher = new RowHasher();
        RowText text = new RowText(section, out);
        long[] count = {0};
        source.read(section, (line, length) -> {
            hasher.add(line, 0, length);
            try {
                out.raw(count[0]++ == 0 ? "\n" : ",\n");
                text.write(line, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows++;
            watcher.written(section, rows, out.bytes());
        });
        return hasher.total();
    }

    /** Writes lines of COPY as objects. */
    private static final class RowText {
        private final JsonOut out;
        private final List<ValueForm> forms = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        RowText(Section section, JsonOut out) {
            this.out = out;
            for (Column column : section.columns()) {
                forms.add(ValueForm.of(column.type()));
                names.add(column.name());
            }
        }

        void write(byte[] line, int length) throws IOException {
            out.raw("{");
            int at = 0;
            for (int i = 0; i < names.size(); i++) {
                out.raw(i == 0 ? "" : ", ").text(names.get(i)).raw(": ");
                int end = CopyTextFormat.end(line, at, length);
                value(line, at, end, forms.get(i));
                at = end + 1;
            }
            out.raw("}");
        }

        private void value(byte[] line, int from, int to, ValueForm form) throws IOException {
            if (CopyTextFormat.isNull(line, from, to)) {
                out.raw("null");
            } else if (form == ValueForm.INTEGER && ValueForm.isPlain(line, from, to)) {
                out.raw(line, from, to);
            } else if (form == ValueForm.BOOLEAN) {
                out.raw(line[from] == 't' ? "true" : "false");
            } else {
                string(line, from, to);
            }
        }

        private void string(byte[] line, int from, int to) throws IOException {
            out.put((byte) '"');
            for (int i = from; i < to; i++) {
                out.character(line[i] == '\\' ? CopyTextFormat.octet(line[++i]) : line[i]);
            }
            out.put((byte) '"');
        }
    }
}
