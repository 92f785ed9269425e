package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The key by which rows of both sides are matched.
 *
 * @param columns places of its columns; empty to match whole rows
 * @param forms for each of them, when two values of it are the same
 */
record RowKey(List<Integer> columns, List<KeyForm> forms) {
    RowKey {
        columns = List.copyOf(columns);
        forms = List.copyOf(forms);
    }

    boolean isWholeRow() {
        return columns.isEmpty();
    }

    HashValue128 of(Row row) {
        HashCounts.Growing hash = new HashCounts.Growing();
        if (columns.isEmpty()) {
            row.hashAll(hash);
        }
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            if (forms.get(i) == KeyForm.AS_WRITTEN || !row.isHeld(column)) {
                row.hash(column, hash);
            } else {
                byte[] value = forms.get(i).of(row.text(column)).getBytes(StandardCharsets.UTF_8);
                hash.add(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array(), 0, Integer.BYTES);
                hash.add(value, 0, value.length);
            }
        }
        return hash.end();
    }

    /** Whether it is written the same in both. */
    boolean isSame(Row one, Row other) {
        return columns.stream().allMatch(column -> one.isSame(column, other, column));
    }
}
