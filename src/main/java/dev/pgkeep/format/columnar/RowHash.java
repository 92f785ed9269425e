package dev.pgkeep.format.columnar;

/**
 * The content of a set of rows, whatever their order: the sum, modulo 2^128, of the XXH3-128 of every row's bytes as
 * COPY sends them (without the header of the stream). Not meant against forgers: chunks have SHA-256 for that.
 *
 * @param rows number of rows
 * @param high upper 64 bits of the sum
 * @param low lower 64 bits
 */
public record RowHash(long rows, long high, long low) {
    public static final RowHash EMPTY = new RowHash(0, 0, 0);

    /** The content of both sets together. */
    public RowHash plus(RowHash other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new RowHash(rows + other.rows, high + other.high + carry, sum);
    }

    /** The content of this set without another one that is part of it. */
    public RowHash minus(RowHash part) {
        long borrow = Long.compareUnsigned(low, part.low) < 0 ? 1 : 0;
        return new RowHash(rows - part.rows, high - part.high - borrow, low - part.low);
    }

    /** 32 lower-case hexadecimal digits. */
    public String hex() {
        return String.format("%016x%016x", high, low);
    }

    /** Reads what {@link #hex} wrote. */
    public static RowHash of(long rows, String hex) {
        return new RowHash(
                rows, Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }
}
