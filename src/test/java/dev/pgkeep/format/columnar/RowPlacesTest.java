package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RowPlacesTest {
    @Property(tries = 500)
    void places_come_back_as_they_were_packed(@ForAll long seed) {
        long[] places = places(new Random(seed));
        byte[] packed = RowPlaces.pack(places, places.length);
        assertThat(RowPlaces.unpack(packed, places.length)).isEqualTo(places);
        assertThat(RowPlaces.unpack(packed, places.length + 7)).isEqualTo(places);
    }

    @Property(tries = 200)
    void the_extents_of_a_chunk_come_back(@ForAll long seed) {
        Random random = new Random(seed);
        List<byte[]> extents = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            long[] places = random.nextInt(4) == 0 ? new long[0] : places(random);
            extents.add(RowPlaces.pack(places, places.length));
        }
        List<byte[]> back = RowPlaces.extents(RowPlaces.chunk(extents));
        assertThat(back).hasSameSizeAs(extents);
        for (int i = 0; i < extents.size(); i++) {
            assertThat(back.get(i)).isEqualTo(extents.get(i));
        }
    }

    @Property(tries = 150)
    void whichever_byte_is_flipped_or_cut_off_it_is_places_or_refused(@ForAll long seed) {
        Random random = new Random(seed);
        long[] places = places(random);
        byte[] packed = RowPlaces.pack(places, places.length);
        byte[] chunk = RowPlaces.chunk(List.of(packed, packed));
        for (int at = 0; at < Math.min(packed.length, 300); at++) {
            byte[] flipped = packed.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            placesOrRefused(flipped, places.length);
            placesOrRefused(Arrays.copyOf(packed, at), places.length);
        }
        for (int at = 0; at < Math.min(chunk.length, 300); at++) {
            byte[] flipped = chunk.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            extentsOrRefused(flipped);
            extentsOrRefused(Arrays.copyOf(chunk, at));
        }
    }

    @Test
    void full_blocks_take_few_bytes() {
        long[] places = new long[32 * 185];
        for (int i = 0; i < places.length; i++) {
            places[i] = (long) (i / 185) << RowPlaces.POINTER_BITS | 1 + i % 185;
        }
        assertThat(RowPlaces.pack(places, places.length).length).isLessThanOrEqualTo(5 * 32);
    }

    @Test
    void the_last_line_pointer_and_far_blocks_are_places_too() {
        long[] places = {0xffff, 1L << 16, (long) (1 << 20) << 16 | 0xfffe, (long) (1 << 20) << 16 | 0xffff};
        assertThat(RowPlaces.unpack(RowPlaces.pack(places, places.length), places.length))
                .isEqualTo(places);
    }

    @Test
    void places_out_of_order_are_not_packed() {
        for (long[] places : new long[][] {{5, 4}, {5, 5}, {2L << 16 | 1, 1L << 16 | 1}}) {
            assertThatThrownBy(() -> RowPlaces.pack(places, places.length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void more_places_than_rows_are_refused() {
        byte[] packed = RowPlaces.pack(new long[] {1, 2, 3}, 3);
        assertThatThrownBy(() -> RowPlaces.unpack(packed, 2))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED));
    }

    private static long[] places(Random random) {
        int blocks = 1 + random.nextInt(40);
        List<Long> places = new ArrayList<>();
        for (long block = 0; block < blocks; block++) {
            int kind = random.nextInt(5);
            int lines = kind == 0 ? 0 : 1 + random.nextInt(kind == 1 ? 0xfffe : 200);
            int step = kind == 1 ? 500 : 1;
            for (int line = 1 + random.nextInt(3); line <= lines; line += step) {
                if (kind != 2 || random.nextInt(3) > 0) {
                    places.add(block << RowPlaces.POINTER_BITS | line);
                }
            }
        }
        return places.stream().mapToLong(Long::longValue).toArray();
    }

    private static void placesOrRefused(byte[] packed, int most) {
        try {
            assertThat(RowPlaces.unpack(packed, most).length).isLessThanOrEqualTo(most);
        } catch (PgkeepException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
        }
    }

    private static void extentsOrRefused(byte[] chunk) {
        try {
            RowPlaces.extents(chunk);
        } catch (PgkeepException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
        }
    }
}
