package dev.pgkeep.format.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.CopyTextFormat;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.RowsReader.Checked;
import dev.pgkeep.format.rows.RowsWriter.Written;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, and nothing else is. */
final class RowsDocumentTest {
    private static final List<Section.Column> COLUMNS = List.of(
            new Section.Column("id", "bigint"),
            new Section.Column("Ein \"Name\"\n", "text"),
            new Section.Column("ok", "boolean"),
            new Section.Column("amount", "numeric(10,2)"));
    private static final Section WHOLE =
            new Section(new TableName("public", "orders"), COLUMNS, List.of("id"), Optional.empty());
    private static final Section CHANGED = new Section(
            new TableName("public", "notes"),
            COLUMNS.subList(0, 2),
            List.of("id"),
            Optional.of(new Section.Change("notes_fkey", List.of("id"), Map.of("id", "NULL"))));
    private static final DocumentHead HEAD = new DocumentHead(
            "shop",
            "localhost:5432",
            "15.4",
            Instant.parse("2026-11-21T12:00:00Z"),
            "cleanup",
            List.of(new Condition("plan", "orders", "note = '\"\n'")),
            Optional.of("backup"));

    @TempDir
    Path folder;

    @Test
    void every_value_comes_back_exactly() throws IOException {
        Random random = new Random(1);
        List<List<String>> values = new ArrayList<>();
        values.add(Arrays.asList("9007199254740993", "", "t", "1.10"));
        values.add(Arrays.asList("-9223372036854775808", "\\N", "f", "NaN"));
        values.add(Arrays.asList("-5", "\b\f\n\r\t\u000b\u0001\u007f\"\\/'", null, null));
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.appendCodePoint(random.nextBoolean() ? 1 + random.nextInt(127) : 0x1F300 + random.nextInt(200));
            }
            values.add(
                    Arrays.asList(Long.toString(random.nextLong() >> random.nextInt(63)), text.toString(), "t", "0"));
        }
        Path file = write(Map.of(WHOLE, values));
        List<List<String>> read = new ArrayList<>();
        try (RowsReader reader = RowsReader.open(file)) {
            assertThat(reader.head()).isEqualTo(HEAD);
            assertThat(reader.nextSection()).contains(WHOLE);
            for (byte[] line = reader.nextLine(); line != null; line = reader.nextLine()) {
                read.add(values(line));
            }
            assertThat(reader.nextSection()).isEmpty();
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void sections_rows_and_checksums_are_those_that_were_written() throws IOException {
        Map<Section, List<List<String>>> rows = new LinkedHashMap<>();
        rows.put(WHOLE, List.of(Arrays.asList("1", "a", "t", "2.50")));
        rows.put(CHANGED, List.of(Arrays.asList("1", "b"), Arrays.asList("2", null)));
        Path file = write(rows);
        Checked checked = RowsReader.check(file);
        assertThat(checked.contents().keySet()).containsExactly(WHOLE, CHANGED);
        assertThat(checked.rows()).isEqualTo(3);
        assertThat(Files.readString(file))
                .contains("{\"id\": 1, \"Ein \\\"Name\\\"\\n\": \"a\", \"ok\": true, \"amount\": \"2.50\"}");
        assertThat(RowsReader.check(write(Map.of())).rows()).isZero();
        assertThat(RowsReader.check(write(Map.of(WHOLE, List.of()))).rows()).isZero();
    }

    @Test
    void any_byte_that_is_other_or_missing_is_noticed() throws IOException {
        byte[] good = Files.readAllBytes(write(Map.of(
                WHOLE, List.of(Arrays.asList("1", "some text", "t", "2.50"), Arrays.asList("2", null, "f", null)))));
        Path bad = folder.resolve("bad.json");
        for (int at = 0; at < good.length - 3; at++) {
            byte[] bytes = good.clone();
            bytes[at] ^= 1;
            Files.write(bad, bytes);
            assertThatThrownBy(() -> RowsReader.check(bad)).as("byte " + at).isInstanceOf(PgkeepException.class);
            Files.write(bad, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> RowsReader.check(bad)).as("cut at " + at).isInstanceOf(PgkeepException.class);
        }
    }

    @Test
    void what_is_no_document_is_refused_in_words() throws IOException {
        for (String text : List.of("", "{}", "[]", "not json", "{\"format\": \"pgkeep rows\", \"version\": 99}")) {
            Path file = Files.writeString(folder.resolve("other.json"), text);
            assertThatThrownBy(() -> RowsReader.check(file)).isInstanceOf(PgkeepException.class);
        }
        assertThatThrownBy(() -> RowsReader.check(folder.resolve("none.json")))
                .isInstanceOf(PgkeepException.class)
                .hasMessageContaining("there is no file");
    }

    private Path write(Map<Section, List<List<String>>> rows) throws IOException {
        RowSource source = new RowSource() {
            @Override
            public List<Section> sections() {
                return List.copyOf(rows.keySet());
            }

            @Override
            public void read(Section section, Lines taker) {
                for (List<String> row : rows.getOrDefault(section, List.of())) {
                    byte[] line = RowLine.of(new ArrayList<>(row));
                    taker.take(line, line.length);
                }
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Written written = RowsWriter.write(out, HEAD, source, (section, count, bytes) -> {});
        assertThat(written.bytes()).isEqualTo(out.size());
        return Files.write(folder.resolve("rows.json"), out.toByteArray());
    }

    private static List<String> values(byte[] line) {
        List<String> values = new ArrayList<>();
        String text = new String(line, StandardCharsets.UTF_8);
        for (String value : text.substring(0, text.length() - 1).split("\t", -1)) {
            values.add(value.equals("\\N") ? null : unescaped(value));
        }
        return values;
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            plain.append(letter == '\\' ? (char) CopyTextFormat.octet((byte) value.charAt(++i)) : letter);
        }
        return plain.toString();
    }
}
