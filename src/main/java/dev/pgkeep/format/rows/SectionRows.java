package dev.pgkeep.format.rows;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;
import dev.pgkeep.format.pgtext.CopyTextFormat;
import dev.pgkeep.format.rows.Section.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The rows of one section, from the first to the last, and then that they are those that were written. */
final class SectionRows {
    private final JsonIn in;
    private final Section section;
    private final List<ValueForm> forms;
    private final RowHasher hasher = new RowHasher();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    SectionRows(JsonIn in, Section section) {
        this.in = in;
        this.section = section;
        this.forms = section.columns().stream()
                .map(column -> ValueForm.of(column.type()))
                .toList();
    }

    /** The content of what was read so far. */
    RowHash content() {
        return hasher.total();
    }

    /** The next one as a line of COPY with its end; empty after the last. */
    Optional<byte[]> next() throws IOException {
        if (hasher.total().rows() == 0 ? in.take(']') : !in.take(',')) {
            end();
            return Optional.empty();
        }
        line.reset();
        row();
        byte[] bytes = line.toByteArray();
        hasher.add(bytes, 0, bytes.length - 1);
        return Optional.of(bytes);
    }

    private void row() throws IOException {
        in.expect('{');
        List<Column> columns = section.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                in.expect(',');
                line.write('\t');
            }
            in.key(columns.get(i).name());
            value(forms.get(i));
        }
        in.expect('}');
        line.write('\n');
    }

    private void value(ValueForm form) throws IOException {
        if (in.peek() == '"') {
            ByteArrayOutputStream value = in.bytes();
            CopyTextFormat.escape(value.toByteArray(), value.size(), line);
            return;
        }
        String word = in.word();
        switch (word) {
            case "null" -> CopyTextFormat.writeNull(line);
            case "true", "false" -> line.write(word.charAt(0));
            default -> {
                if (form != ValueForm.INTEGER || !word.matches("-?\\d+")) {
                    throw in.malformed("there is no value of this column");
                }
                line.writeBytes(word.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void end() throws IOException {
        if (hasher.total().rows() > 0) {
            in.expect(']');
        }
        in.expect(',');
        in.key("count");
        long count = in.number();
        in.expect(',');
        in.key("content");
        String hash = in.text();
        in.expect('}');
        RowHash content = hasher.total();
        if (content.rows() != count || !content.hex().equals(hash)) {
            throw in.malformed("the rows of " + section.shown() + " are not those that were written");
        }
    }
}
