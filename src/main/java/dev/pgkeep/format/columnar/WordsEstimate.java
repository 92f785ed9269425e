package dev.pgkeep.format.columnar;

/** Tells from a sample whether values of one width are better cut into words. */
final class WordsEstimate {
    private static final int VALUES = 128;

    private final Entropy entropy = new Entropy();
    private final long[] sample = new long[Entropy.SAMPLE];

    /** Whether the first values consist of printable ASCII only. */
    static boolean looksLikeText(ColumnBuffer column) {
        int end = Math.min(column.size, 256);
        for (int i = 0; i < end; i++) {
            if (column.values[i] < ' ' || column.values[i] == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** Text keeps the benefit of the doubt: what repeats within it, words hide from the compressor. */
    boolean wordsPay(ColumnBuffer column) {
        int width = column.width;
        int values = Math.min(column.count, VALUES);
        long apart = 0;
        long together = 0;
        for (int from = 0; from < width; from++) {
            for (int i = 0; i < values; i++) {
                int index = (int) ((long) i * column.count / values);
                sample[i] = column.values[index * width + from] & 0xFF;
            }
            apart += entropy.bits(sample, values);
        }
        int each = Math.min(column.size, Entropy.SAMPLE);
        for (int i = 0; i < each; i++) {
            sample[i] = column.values[(int) ((long) i * column.size / each)] & 0xFF;
        }
        together = entropy.bits(sample, each) / each * width * values;
        return apart < together / 100 * (looksLikeText(column) ? 80 : 97);
    }
}
