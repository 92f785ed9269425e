package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowHasherTest {
    private final byte[] bytes = bytes();

    @Test
    void the_order_of_rows_does_not_matter_but_their_number_does() {
        RowHash forth = hash(0, 10, 500);
        assertThat(hash(10, 500, 0)).isEqualTo(forth);
        assertThat(hash(0, 10).plus(hash(500))).isEqualTo(forth);
        assertThat(hash(0, 10, 500, 500)).isNotEqualTo(forth);
        assertThat(RowHash.of(3, forth.hex())).isEqualTo(forth);
    }

    @Test
    void a_row_in_pieces_has_the_hash_of_the_row() {
        for (int length : new int[] {0, 1, 240, 241, 5_000, bytes.length}) {
            var whole = new RowHasher();
            whole.add(bytes, 0, length);
            var pieces = new RowHasher();
            for (int round = 0; round < 2; round++) {
                pieces.piece(bytes, 0, length / 3, false);
                pieces.piece(bytes, length / 3, length - length / 3, true);
            }
            assertThat(pieces.total()).isEqualTo(whole.total().plus(whole.total()));
        }
    }

    @Test
    void the_hash_of_a_known_row_is_xxh3_of_128_bits() {
        var hasher = new RowHasher();
        hasher.add(new byte[0], 0, 0);
        assertThat(hasher.total().hex()).isEqualTo("99aa06d3014798d86001c324468d497f");
    }

    @Test
    void pieces_come_back_and_the_last_one_ends_the_row() throws IOException {
        var back = new ByteArrayOutputStream();
        assertThat(RowDecoder.decode(RowFragment.chunk(bytes, 0, 100, false), back::write))
                .isZero();
        assertThat(RowDecoder.decode(RowFragment.chunk(bytes, 100, 50, true), back::write))
                .isOne();
        assertThat(back.toByteArray()).startsWith(bytes[0], bytes[1]).hasSize(150);
    }

    private RowHash hash(int... lengths) {
        var hasher = new RowHasher();
        for (int length : lengths) {
            hasher.add(bytes, 0, length);
        }
        return hasher.total();
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[70_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
