package dev.pgkeep.operation.backup.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentDefinedChunkerTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void the_pieces_together_are_the_stream() {
        for (int length : new int[] {0, 1, 63, 64, 65, 100_000, 5 * MEGABYTE + 17}) {
            byte[] stream = random(length, 1);
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (byte[] piece : cut(stream, 8192)) {
                assertThat(piece[0]).isEqualTo(ContentDefinedChunker.KIND);
                joined.write(piece, 1, piece.length - 1);
            }
            assertThat(joined.toByteArray()).isEqualTo(stream);
        }
    }

    @Test
    void how_the_stream_arrives_makes_no_difference() {
        byte[] stream = random(3 * MEGABYTE, 2);
        List<String> whole = hashes(cut(stream, stream.length));
        assertThat(hashes(cut(stream, 1000))).isEqualTo(whole);
        assertThat(hashes(cut(stream, 65_536))).isEqualTo(whole);
    }

    @Test
    void pieces_keep_their_bounds_even_where_nothing_invites_a_cut() {
        List<byte[]> random = cut(random(20 * MEGABYTE, 3), 8192);
        assertThat(random.subList(1, random.size() - 1))
                .allMatch(piece -> piece.length - 1 >= 64 << 10 && piece.length - 1 <= MEGABYTE);
        assertThat(random.size()).isBetween(40, 140);
        List<byte[]> zeros = cut(new byte[5 * MEGABYTE], 8192);
        assertThat(zeros).allMatch(piece -> piece.length - 1 <= MEGABYTE);
    }

    @Test
    void what_follows_an_insertion_is_cut_as_before() {
        byte[] stream = random(10 * MEGABYTE, 4);
        byte[] changed = new byte[stream.length + 3];
        int at = 4 * MEGABYTE;
        System.arraycopy(stream, 0, changed, 0, at);
        System.arraycopy(stream, at, changed, at + 3, stream.length - at);
        Set<String> before = new HashSet<>(hashes(cut(stream, 8192)));
        List<String> after = hashes(cut(changed, 8192));
        assertThat(after.stream().filter(hash -> !before.contains(hash)).count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void a_change_in_the_first_bytes_costs_only_the_first_short_piece() {
        byte[] stream = random(2 * MEGABYTE, 5);
        byte[] later = stream.clone();
        later[20]++;
        List<byte[]> before = cut(stream, 8192);
        List<byte[]> after = cut(later, 8192);
        assertThat(hashes(after).subList(1, after.size()))
                .isEqualTo(hashes(before).subList(1, before.size()));
        assertThat(after.getFirst()).hasSize(65);
    }

    private static List<byte[]> cut(byte[] stream, int step) {
        List<byte[]> pieces = new ArrayList<>();
        try (ContentDefinedChunker cutter =
                new ContentDefinedChunker((bytes, length) -> pieces.add(Arrays.copyOf(bytes, length)))) {
            for (int from = 0; from < stream.length; from += step) {
                cutter.write(stream, from, Math.min(step, stream.length - from));
            }
        }
        return pieces;
    }

    private static List<String> hashes(List<byte[]> pieces) {
        return pieces.stream()
                .map(piece -> piece.length + ":" + Arrays.hashCode(piece))
                .toList();
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
