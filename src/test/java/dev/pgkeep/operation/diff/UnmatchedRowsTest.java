package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.diff.UnmatchedRows.From;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows are matched the same way in memory and in temporary files. */
final class UnmatchedRowsTest {
    @Test
    void with_a_key_nothing_depends_on_how_much_memory_there_is() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(matched(seed, 400, new int[] {0})).isEqualTo(matched(seed, 1 << 30, new int[] {0}));
        }
    }

    @Test
    void without_a_key_nothing_depends_on_it_either() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(matched(seed, 400, new int[0])).isEqualTo(matched(seed, 1 << 30, new int[0]));
        }
    }

    private static List<String> matched(long seed, long budget, int[] key) {
        Random random = new Random(seed);
        List<String> told = new ArrayList<>();
        try (WideValues wide = new WideValues();
                UnmatchedRows leftovers = new UnmatchedRows(2, key(key), wide, budget, new Cancellation())) {
            for (int i = 0; i < 600; i++) {
                String id = Integer.toString(key.length == 0 ? random.nextInt(60) : i);
                for (From from : From.values()) {
                    if (random.nextInt(5) > 0) {
                        leftovers.add(from, row(id, random.nextInt(3) == 0 ? "x" + random.nextInt(9) : null));
                    }
                }
            }
            leftovers.match(new RowChanges() {
                @Override
                public void removed(Row row) {
                    told.add("-" + row.shown(0, 9) + row.shown(1, 9));
                }

                @Override
                public void added(Row row) {
                    told.add("+" + row.shown(0, 9) + row.shown(1, 9));
                }

                @Override
                public void changed(Row before, Row after, BitSet columns) {
                    told.add("~" + before.shown(0, 9) + before.shown(1, 9) + after.shown(1, 9) + columns);
                }
            });
        }
        assertThat(told).isNotEmpty();
        return told.stream().sorted().toList();
    }

    private static RowKey key(int[] columns) {
        List<Integer> places = java.util.Arrays.stream(columns).boxed().toList();
        return new RowKey(
                places, places.stream().map(each -> KeyForm.AS_WRITTEN).toList());
    }

    private static byte[] row(@Nullable String... values) {
        ByteBuffer row = ByteBuffer.allocate(100);
        for (String value : values) {
            if (value == null) {
                row.put(Row.NULL);
            } else {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                row.put(Row.INLINE).putInt(text.length).put(text);
            }
        }
        return java.util.Arrays.copyOf(row.array(), row.position());
    }
}
