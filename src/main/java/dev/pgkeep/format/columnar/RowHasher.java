package dev.pgkeep.format.columnar;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import org.jspecify.annotations.Nullable;

/** Adds up the {@link RowHash} of rows that pass by. Not for several threads: one each, and then {@code plus}. */
public final class RowHasher {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    private @Nullable HashStream128 wide;
    private boolean within;
    private long rows;
    private long high;
    private long low;

    /** Adds a whole row. */
    public void add(byte[] row, int offset, int length) {
        sum(XXH3.hashBytesTo128Bits(row, offset, length));
    }

    /** Adds the next piece of a row that is too wide to be held in memory. @param last whether the row ends with it */
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        HashStream128 stream = wide == null ? XXH3.hashStream() : wide;
        if (!within) {
            stream.reset();
        }
        stream.putBytes(bytes, offset, length);
        wide = stream;
        within = !last;
        if (last) {
            sum(stream.get());
        }
    }

    /** The sum so far, without a wide row that has not ended. */
    public RowHash total() {
        return new RowHash(rows, high, low);
    }

    private void sum(HashValue128 hash) {
        long addend = hash.getLeastSignificantBits();
        low += addend;
        high += hash.getMostSignificantBits() + (Long.compareUnsigned(low, addend) < 0 ? 1 : 0);
        rows++;
    }
}
