package dev.pgkeep.format.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures packing and unpacking in megabytes of rows for each second of CPU. Give it what {@code COPY t TO … (FORMAT
 * binary)} wrote (or text: a name ending in .txt), the rows of a chunk, and the places of its numeric columns.
 */
final class ColumnarBench {
    private static final int ROUNDS = 6;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final byte[] bytes;
    private final Starts starts = new Starts();
    private final RowFormat format;
    private final List<ColumnHint> hints = new ArrayList<>();
    private final int rowsPerChunk;

    private ColumnarBench(Path file, int rowsPerChunk, List<Integer> numerics) throws IOException {
        bytes = Files.readAllBytes(file);
        format = file.toString().endsWith(".txt") ? RowFormat.TEXT : RowFormat.BINARY;
        this.rowsPerChunk = rowsPerChunk;
        int columns = format == RowFormat.TEXT ? cutText() : cutBinary();
        for (int i = 0; i < columns; i++) {
            hints.add(numerics.contains(i) ? ColumnHint.NUMERIC : ColumnHint.ANY);
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> numerics =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        var bench = new ColumnarBench(Path.of(arguments[0]), Integer.parseInt(arguments[1]), numerics);
        bench.columns();
        for (int i = 0; i < ROUNDS; i++) {
            bench.round(i == ROUNDS - 1);
        }
    }

    private int cutBinary() {
        int at = 19;
        int columns = BigEndian.shortAt(bytes, at);
        while (BigEndian.shortAt(bytes, at) >= 0) {
            starts.add(at);
            at += 2;
            for (int i = 0; i < columns; i++) {
                at += 4 + Math.max(0, BigEndian.intAt(bytes, at));
            }
        }
        starts.add(at);
        return columns;
    }

    private int cutText() {
        int columns = 1;
        starts.add(0);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                starts.add(at + 1);
            }
            columns += starts.size() == 1 && bytes[at] == '\t' ? 1 : 0;
        }
        return columns;
    }

    /** What each column takes on its own. */
    private void columns() {
        int rows = Math.min(rowsPerChunk, starts.size() - 1);
        for (int i = 0; i < hints.size() && format == RowFormat.BINARY; i++) {
            var column = new ColumnBuffer();
            for (int row = 0; row < rows; row++) {
                int at = starts.get(row) + 2;
                for (int j = 0; j < i; j++) {
                    at += 4 + Math.max(0, BigEndian.intAt(bytes, at));
                }
                if (BigEndian.intAt(bytes, at) >= 0) {
                    column.add(bytes, at + 4, BigEndian.intAt(bytes, at));
                } else {
                    column.addNull();
                }
            }
            var out = new Output();
            new ColumnWriter(out).write(column, hints.get(i));
            byte[] packed = Arrays.copyOf(out.bytes, out.size);
            print(
                    "column %2d: encoding %d, %5.2f bytes a row, %6.3f packed, %6.3f with zstd 3",
                    i,
                    packed[1],
                    column.size / (double) rows,
                    packed.length / (double) rows,
                    Zstd.compress(packed, 3).length / (double) rows);
        }
    }

    private void round(boolean last) throws IOException {
        var encoder = new RowEncoder(format, hints);
        var decoder = new RowDecoder();
        var hasher = new RowHasher();
        long[] nanos = new long[5];
        long[] sizes = new long[3];
        byte[] packed = new byte[1 << 25];
        try (var one = new ZstdCompressCtx().setLevel(1);
                var three = new ZstdCompressCtx().setLevel(3)) {
            for (int row = 0; row < starts.size() - 1; row += rowsPerChunk) {
                int end = Math.min(row + rowsPerChunk, starts.size() - 1);
                long begin = THREADS.getCurrentThreadCpuTime();
                for (int i = row; i < end; i++) {
                    encoder.add(bytes, starts.get(i), starts.get(i + 1) - starts.get(i));
                }
                byte[] chunk = encoder.chunk();
                nanos[0] += THREADS.getCurrentThreadCpuTime() - begin;
                begin = THREADS.getCurrentThreadCpuTime();
                sizes[1] += one.compress(packed, chunk);
                nanos[1] += THREADS.getCurrentThreadCpuTime() - begin;
                begin = THREADS.getCurrentThreadCpuTime();
                sizes[2] += three.compress(packed, chunk);
                nanos[2] += THREADS.getCurrentThreadCpuTime() - begin;
                begin = THREADS.getCurrentThreadCpuTime();
                decoder.decode(chunk, 0, chunk.length, (out, offset, length) -> {});
                nanos[3] += THREADS.getCurrentThreadCpuTime() - begin;
                begin = THREADS.getCurrentThreadCpuTime();
                for (int i = row; i < end; i++) {
                    hasher.add(bytes, starts.get(i), starts.get(i + 1) - starts.get(i));
                }
                nanos[4] += THREADS.getCurrentThreadCpuTime() - begin;
                sizes[0] += chunk.length;
                if (last) {
                    check(chunk, starts.get(row));
                }
            }
        }
        double size = bytes.length / 1e6;
        print(
                "%.0f MB of rows: encode %.0f MB/s, zstd 1 %.0f, zstd 3 %.0f, decode %.0f, hash %.0f;"
                        + " packed %.1f MB, zstd 1 %.1f, zstd 3 %.1f",
                size,
                size * 1e9 / nanos[0],
                size * 1e9 / nanos[1],
                size * 1e9 / nanos[2],
                size * 1e9 / nanos[3],
                size * 1e9 / nanos[4],
                sizes[0] / 1e6,
                sizes[1] / 1e6,
                sizes[2] / 1e6);
    }

    private void check(byte[] chunk, int start) throws IOException {
        int[] at = {start};
        RowDecoder.decode(chunk, (out, offset, length) -> {
            if (!Arrays.equals(out, offset, offset + length, bytes, at[0], at[0] + length)) {
                throw new IllegalStateException("rows differ near " + at[0]);
            }
            at[0] += length;
        });
    }

    /** Where rows begin. */
    private static final class Starts {
        private int[] values = new int[1 << 16];
        private int size;

        void add(int start) {
            values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
            values[size++] = start;
        }

        int get(int row) {
            return values[row];
        }

        int size() {
            return size;
        }
    }

    private static void print(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
