package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts how often each of some rows is there, by the hash of its bytes. */
final class HashCounts {
    private static final Hasher128 XXH3 = Hashing.xxh3_128();

    private final Map<HashValue128, Integer> counts = new HashMap<>();

    static HashValue128 of(byte[] bytes, int offset, int length) {
        return XXH3.hashBytesTo128Bits(bytes, offset, length);
    }

    void add(HashValue128 hash) {
        counts.merge(hash, 1, Integer::sum);
    }

    /** Takes one of them away, if there is one. */
    boolean take(HashValue128 hash) {
        Integer count = counts.get(hash);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            counts.remove(hash);
        } else {
            counts.put(hash, count - 1);
        }
        return true;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void clear() {
        counts.clear();
    }

    /** The hash of something that comes in pieces. */
    static final class Growing {
        private @Nullable HashStream128 stream;

        void add(byte[] bytes, int offset, int length) {
            HashStream128 open = stream == null ? XXH3.hashStream() : stream;
            open.putBytes(bytes, offset, length);
            stream = open;
        }

        /** The hash, and from now on another one. */
        HashValue128 end() {
            HashStream128 open = stream == null ? XXH3.hashStream() : stream;
            stream = null;
            return open.get();
        }
    }
}
