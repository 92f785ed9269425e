package dev.pgkeep.postgres.migrations;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** Dotted numbers in the order of their parts: 1.9 before 1.10. */
record VersionKey(List<BigInteger> parts) implements Comparable<VersionKey> {
    static VersionKey of(String version) {
        return new VersionKey(
                Arrays.stream(version.split("\\.")).map(BigInteger::new).toList());
    }

    @Override
    public int compareTo(VersionKey other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = part(i).compareTo(other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
