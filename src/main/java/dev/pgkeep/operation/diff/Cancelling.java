package dev.pgkeep.operation.diff;

import dev.pgkeep.format.columnar.RowConsumer;

/** Hands on the rows that are not among those that were counted, or, the other way round, those that are. */
final class Cancelling implements RowConsumer {
    private final HashCounts counts;
    private final boolean wanted;
    private final RowConsumer rest;
    private final Spool pieces;
    private final HashCounts.Growing growing = new HashCounts.Growing();

    private Cancelling(HashCounts counts, boolean wanted, RowConsumer rest, Spool pieces) {
        this.counts = counts;
        this.wanted = wanted;
        this.rest = rest;
        this.pieces = pieces;
    }

    /**
     * Hands on the rows that were not counted.
     *
     * @param pieces where a row that comes in pieces is kept until it is known whether it is handed on; empty
     */
    static Cancelling others(HashCounts counts, RowConsumer rest, Spool pieces) {
        return new Cancelling(counts, false, rest, pieces);
    }

    /** Hands on the rows that were counted, each as often as it was. */
    static Cancelling counted(HashCounts counts, RowConsumer rest, Spool pieces) {
        return new Cancelling(counts, true, rest, pieces);
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        if (counts.take(HashCounts.of(bytes, offset, length)) == wanted) {
            rest.row(bytes, offset, length);
        }
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        pieces.piece(bytes, offset, length, last);
        growing.add(bytes, offset, length);
        if (last) {
            if (counts.take(growing.end()) == wanted) {
                pieces.replay(rest);
            }
            pieces.clear();
        }
    }
}
