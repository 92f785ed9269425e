package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;

/** Keeps rows and counts their hashes. */
final class Hashing implements RowConsumer {
    private final Spool spool;
    private final HashCounts counts;
    private final HashCounts.Growing growing = new HashCounts.Growing();
    private RowHash content = RowHash.EMPTY;

    Hashing(Spool spool, HashCounts counts) {
        this.spool = spool;
        this.counts = counts;
    }

    RowHash content() {
        return content;
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        spool.row(bytes, offset, length);
        add(HashCounts.of(bytes, offset, length));
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        spool.piece(bytes, offset, length, last);
        growing.add(bytes, offset, length);
        if (last) {
            add(growing.end());
        }
    }

    private void add(HashValue128 hash) {
        counts.add(hash);
        content = content.plus(new RowHash(1, hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
    }
}
