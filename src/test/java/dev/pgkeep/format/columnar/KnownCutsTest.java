package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values that are cut by the template or pattern of an earlier one are cut as if each were the first. */
final class KnownCutsTest {
    private static final String[] WORDS = {
        "ab", "x-", "-", "g", "f", "abcdefab-", "deadbeef-beef-beef-beef-", " ", ".", "/", "é", "\u0001", "z"
    };
    private static final String[] JSON = {
        "\"", "\\", "{", "}", "\":", ": ", ", ", "[", "]", "true", "\"k\": ", "\"\": \"", "1.5E+7", "é", "\\\"", ""
    };

    @Property(tries = 300)
    void patterns_are_those_of_a_scan(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> shapes = shapes(random, WORDS);
        ColumnBuffer column = new ColumnBuffer();
        for (int i = 0; i < 100; i++) {
            add(column, filled(shapes.get(Math.min(random.nextInt(9), random.nextInt(shapes.size()))), random), random);
        }
        assertThat(patterns(new PatternScan(), column)).isEqualTo(patterns(new PatternScan(false), column));
    }

    @Property(tries = 300)
    void templates_are_those_of_a_scan(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> shapes = shapes(random, JSON);
        ColumnBuffer column = new ColumnBuffer();
        for (int i = 0; i < 100; i++) {
            String shape = shapes.get(random.nextInt(shapes.size()));
            add(
                    column,
                    random.nextInt(4) == 0 ? shape : "{\"id\": \"#\", \"say\": #, " + filled(shape, random),
                    random);
        }
        assertThat(templates(new TemplateScan(), column)).isEqualTo(templates(new TemplateScan(false), column));
    }

    @Test
    void what_stands_before_any_key_has_the_same_column_in_every_value_of_a_template() throws IOException {
        Rows rows = new Rows(RowFormat.BINARY, 1);
        for (int i = 0; i < 100; i++) {
            rows.add(List.of(Rows.text(i == 0 ? "{\"a\": \"b\"}" : i % 10 + "\"abc" + i % 7 + "\"")));
        }
        rows.comeBack(ColumnHint.ANY);
    }

    @Test
    @Timeout(60)
    void values_with_more_keys_than_there_may_be_columns_come_back() throws IOException {
        Rows rows = new Rows(RowFormat.BINARY, 1);
        for (int i = 0; i < 40; i++) {
            StringBuilder value = new StringBuilder("{");
            for (int key = 0; key < 20_000; key++) {
                value.append("\"k").append(key).append("\": ").append(key + i).append(", ");
            }
            rows.add(List.of(Rows.text(value + "\"end\": true}")));
        }
        rows.comeBack(ColumnHint.ANY);
    }

    private static List<String> shapes(Random random, String[] words) {
        List<String> shapes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StringBuilder shape = new StringBuilder();
            for (int parts = random.nextInt(7); parts >= 0; parts--) {
                shape.append(words[random.nextInt(words.length)]).append("#%@=".charAt(random.nextInt(4)));
            }
            shapes.add(shape.toString());
        }
        return shapes;
    }

    /** The shape with numbers, digits and UUIDs in it. */
    private static String filled(String shape, Random random) {
        StringBuilder value = new StringBuilder();
        shape.chars()
                .forEach(here -> value.append(
                        switch (here) {
                            case '#' -> Long.toString(random.nextLong(1L << 1 + random.nextInt(62)));
                            case '%' -> "0".repeat(random.nextInt(3)) + random.nextInt(200_000_000);
                            case '@' -> digits(random);
                            case '=' -> new UUID(random.nextLong(), random.nextLong()).toString();
                            default -> Character.toString(here);
                        }));
        return value.toString();
    }

    private static String digits(Random random) {
        byte[] bytes = new byte[random.nextInt(14)];
        random.nextBytes(bytes);
        String digits = HexFormat.of().formatHex(bytes);
        return random.nextInt(5) == 0 ? digits.replaceAll("[0-9]", "a") : digits;
    }

    private static void add(ColumnBuffer column, String value, Random random) {
        byte[] bytes = Rows.text(value);
        if (bytes.length > 0 && random.nextInt(900) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) (0xFD + random.nextInt(3));
        }
        column.add(bytes, 0, bytes.length);
    }

    private static List<Object> patterns(PatternScan scan, ColumnBuffer column) {
        List<Object> found = new ArrayList<>();
        found.add(scan.take(column));
        if (found.contains(false)) {
            return found;
        }
        found.add(list(scan.patterns));
        found.add(Arrays.toString(Arrays.copyOf(scan.places, column.count)));
        for (int i = 0; i < scan.numberParts; i++) {
            NumberPart part = scan.numbers[i];
            found.add(part.padded);
            found.add(Arrays.toString(Arrays.copyOf(part.values, part.count)));
            found.add(Arrays.toString(Arrays.copyOf(part.widths, part.count)));
        }
        for (int i = 0; i < scan.hexParts; i++) {
            found.add(values(scan.hexes[i].packed));
            found.add(values(scan.hexes[i].digits));
        }
        return found;
    }

    private static List<Object> templates(TemplateScan scan, ColumnBuffer column) {
        List<Object> found = new ArrayList<>();
        found.add(scan.take(column));
        if (found.contains(false)) {
            return found;
        }
        found.add(list(scan.templates));
        found.add(values(scan.holes));
        found.add(Arrays.toString(Arrays.copyOf(scan.places, column.count)));
        for (int i = 0; i < scan.columns(); i++) {
            found.add(values(scan.column(i)));
        }
        return found;
    }

    private static String list(ByteList list) {
        return HexFormat.of().formatHex(list.bytes.bytes, 0, list.bytes.size)
                + Arrays.toString(Arrays.copyOf(list.lengths, list.size));
    }

    private static String values(ColumnLengths numbers) {
        return Arrays.toString(Arrays.copyOf(numbers.values, numbers.count));
    }

    private static String values(ColumnBuffer column) {
        StringBuilder lengths = new StringBuilder(HexFormat.of().formatHex(column.values, 0, column.size));
        for (int i = 0; i < column.count; i++) {
            lengths.append(' ').append(column.length(i));
        }
        return lengths.toString();
    }
}
