package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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

    @Property
    void a_part_that_is_taken_away_leaves_the_rest(@ForAll long[] parts, @ForAll long high, @ForAll long low) {
        RowHash rest = new RowHash(5, high, low);
        RowHash sum = rest;
        for (long part : parts) {
            sum = sum.plus(new RowHash(2, part * 31, ~part));
        }
        for (long part : parts) {
            sum = sum.minus(new RowHash(2, part * 31, ~part));
        }
        assertThat(sum).isEqualTo(rest);
        assertThat(rest.minus(rest)).isEqualTo(RowHash.EMPTY);
        assertThat(RowHash.EMPTY.minus(rest).plus(rest)).isEqualTo(RowHash.EMPTY);
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
    void rows_of_every_length_have_the_hash_that_hash4j_gives() {
        for (int length = 0; length < 5_000; length++) {
            int offset = length % 97;
            RowHasher hasher = new RowHasher();
            hasher.add(bytes, offset, length);
            HashValue128 known = Hashing.xxh3_128().hashBytesTo128Bits(bytes, offset, length);
            assertThat(hasher.total())
                    .as("%d bytes", length)
                    .isEqualTo(new RowHash(1, known.getMostSignificantBits(), known.getLeastSignificantBits()));
        }
    }

    @Property
    void any_rows_have_the_sum_that_hash4j_gives(@ForAll byte[] row, @ForAll @IntRange(max = 300) int repeated) {
        byte[] wide = new byte[row.length * (1 + repeated)];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = (byte) (row[i % row.length] + i / row.length);
        }
        RowHasher hasher = new RowHasher();
        hasher.add(wide, 0, wide.length);
        HashValue128 known = Hashing.xxh3_128().hashBytesTo128Bits(wide);
        assertThat(hasher.total())
                .isEqualTo(new RowHash(1, known.getMostSignificantBits(), known.getLeastSignificantBits()));
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
