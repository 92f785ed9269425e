package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeltaTest {
    private final Delta deltas = new Delta();

    @AfterEach
    void close() {
        deltas.close();
    }

    @Test
    void a_delta_makes_the_chunk_of_its_base_and_is_small() {
        byte[] base = Chunks.noise(1, 3_000_000);
        byte[] chunk = changed(base, 200, 7);
        byte[] delta = deltas.between(base, chunk, 0, chunk.length, 100_000).orElseThrow();
        assertThat(delta).hasSizeLessThan(10_000);
        assertThat(Delta.apply(base, delta, id(chunk))).isEqualTo(chunk);
    }

    @Test
    void whatever_the_chunks_are_they_come_back() {
        var random = new Random(5);
        for (int round = 0; round < 200; round++) {
            byte[] base = Chunks.text(round, random.nextInt(20_000));
            byte[] chunk = round % 4 == 0
                    ? Chunks.text(-round, random.nextInt(20_000))
                    : changed(base, random.nextInt(50), round);
            int offset = random.nextInt(10);
            byte[] placed = new byte[offset + chunk.length + 3];
            System.arraycopy(chunk, 0, placed, offset, chunk.length);
            var delta = deltas.between(base, placed, offset, chunk.length, 60_000);
            assertThat(Delta.apply(base, delta.orElseThrow(), id(chunk))).isEqualTo(chunk);
        }
    }

    @Test
    void what_has_too_little_in_common_with_its_base_has_no_delta() {
        byte[] base = Chunks.noise(1, 100_000);
        byte[] other = Chunks.noise(2, 100_000);
        assertThat(deltas.between(base, other, 0, other.length, 50_000)).isEmpty();
        assertThat(deltas.between(base, base, 0, base.length, 3)).isEmpty();
        byte[] huge = new byte[Delta.LARGEST + 1];
        assertThat(deltas.between(huge, base, 0, base.length, 50_000)).isEmpty();
        assertThat(deltas.between(base, huge, 0, huge.length, 50_000)).isEmpty();
    }

    @Test
    void another_base_a_damaged_delta_or_none_at_all_are_refused() {
        byte[] base = Chunks.noise(1, 50_000);
        byte[] chunk = changed(base, 20, 3);
        byte[] delta = deltas.between(base, chunk, 0, chunk.length, 20_000).orElseThrow();
        refused(changed(base, 5000, 4), delta, chunk);
        refused(base, new byte[0], chunk);
        refused(base, Arrays.copyOf(delta, delta.length - 1), chunk);
        var random = new Random(9);
        for (int round = 0; round < 500; round++) {
            byte[] bad = delta.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                // Not every bit of a frame means something.
                assertThat(Delta.apply(base, bad, id(chunk))).isEqualTo(chunk);
            } catch (PgkeepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
            }
        }
    }

    private static void refused(byte[] base, byte[] delta, byte[] chunk) {
        assertThatThrownBy(() -> Delta.apply(base, delta, id(chunk)))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED))
                .hasMessageContaining(id(chunk).hex());
    }

    /** Some bytes changed, removed and added. */
    private static byte[] changed(byte[] base, int times, long seed) {
        var random = new Random(seed);
        byte[] chunk = base.clone();
        for (int i = 0; i < times && chunk.length > 1; i++) {
            int at = random.nextInt(chunk.length - 1);
            switch (random.nextInt(3)) {
                case 0 -> chunk[at]++;
                case 1 -> {
                    System.arraycopy(chunk, at + 1, chunk, at, chunk.length - at - 1);
                    chunk = Arrays.copyOf(chunk, chunk.length - 1);
                }
                default -> {
                    chunk = Arrays.copyOf(chunk, chunk.length + 1);
                    System.arraycopy(chunk, at, chunk, at + 1, chunk.length - at - 1);
                }
            }
        }
        return chunk;
    }

    private static ChunkId id(byte[] chunk) {
        return ChunkId.hash(chunk, 0, chunk.length);
    }
}
