package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class RowPatchTest {
    private static final int COLUMNS = 2;

    private final RowDecoder decoder = new RowDecoder();

    /** Rows of a chunk, and what became of them. */
    private record Changed(Rows base, RowPatch patch, byte[] expected) {}

    @Property(tries = 400)
    void rows_that_stay_and_rows_that_came_make_the_rows_that_there_are(@ForAll long seed, @ForAll boolean text)
            throws IOException {
        Changed changed = changed(new Random(seed), text);
        assertThat(applied(changed.patch(), changed.base())).isEqualTo(changed.expected());
    }

    @Property(tries = 400)
    void a_patch_comes_back_from_its_chunk(@ForAll long seed, @ForAll boolean text) throws IOException {
        Changed changed = changed(new Random(seed), text);
        byte[] chunk = changed.patch().chunk();
        assertThat(RowPatch.is(chunk)).isTrue();
        RowPatch back = RowPatch.of(chunk);
        assertThat(back.base()).isEqualTo(changed.patch().base());
        assertThat(back.gone()).isEqualTo(changed.patch().gone());
        assertThat(back.before()).isEqualTo(changed.patch().before());
        assertThat(back.rows()).isEqualTo(changed.patch().rows());
        assertThat(back.chunk()).isEqualTo(chunk);
        assertThat(applied(back, changed.base())).isEqualTo(changed.expected());
    }

    @Property(tries = 20)
    void whichever_byte_is_flipped_or_cut_off_it_is_rows_or_refused(@ForAll long seed, @ForAll boolean text)
            throws IOException {
        Random random = new Random(seed);
        Changed changed = changed(random, text);
        byte[] chunk = changed.patch().chunk();
        for (int at = 0; at < Math.min(chunk.length, 400); at++) {
            byte[] flipped = chunk.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            rowsOrRefused(flipped, changed.base());
            rowsOrRefused(Arrays.copyOf(chunk, at), changed.base());
        }
    }

    @Test
    void a_patch_is_refused_by_a_chunk_with_other_rows_or_with_pieces_of_rows() throws IOException {
        Changed changed = changed(new Random(3), false);
        Rows more = new Rows(RowFormat.BINARY, COLUMNS);
        more.rows.addAll(changed.base().rows);
        more.add(List.of(Rows.text("one"), Rows.text("more")));
        assertRefused(() -> applied(changed.patch(), more));
        byte[] piece = RowFragment.chunk(more.bytes(), 0, 5, false);
        assertRefused(() -> changed.patch().apply(piece, decoder, (bytes, offset, length) -> {}));
    }

    @Test
    void a_patch_that_brings_other_rows_than_it_tells_of_is_refused() {
        Rows base = rows(new Random(1), 10, false);
        Rows came = rows(new Random(2), 3, false);
        RowPatch patch = new RowPatch(10, new int[0], new int[] {1, 2}, came.chunk(ColumnHint.ANY));
        assertRefused(() -> applied(patch, base));
    }

    @Test
    void nothing_but_kind_six_is_a_patch() {
        assertThat(RowPatch.is(new byte[0])).isFalse();
        assertThat(RowPatch.is(rows(new Random(1), 1, false).chunk(ColumnHint.ANY)))
                .isFalse();
        assertRefused(() -> RowPatch.of(new byte[0]));
        assertRefused(() -> RowPatch.of(new byte[] {6, 2, 0, 0, 0}));
    }

    private Changed changed(Random random, boolean text) {
        Rows base = rows(random, random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(300), text);
        Rows came = rows(random, random.nextInt(4) == 0 ? 0 : random.nextInt(40), text);
        List<Integer> gone = new ArrayList<>();
        List<byte[]> stay = new ArrayList<>();
        int oneIn = 1 + random.nextInt(20);
        for (int row = 0; row < base.rows.size(); row++) {
            if (random.nextInt(oneIn) == 0) {
                gone.add(row);
            } else {
                stay.add(base.rows.get(row));
            }
        }
        int[] before =
                random.ints(came.rows.size(), 0, stay.size() + 1).sorted().toArray();
        var expected = new ByteArrayOutputStream();
        int next = 0;
        for (int row = 0; row <= stay.size(); row++) {
            while (next < before.length && before[next] == row) {
                expected.writeBytes(came.rows.get(next++));
            }
            if (row < stay.size()) {
                expected.writeBytes(stay.get(row));
            }
        }
        byte[] rows = before.length == 0 ? new byte[0] : came.chunk(ColumnHint.ANY);
        RowPatch patch = new RowPatch(
                base.rows.size(), gone.stream().mapToInt(Integer::intValue).toArray(), before, rows);
        assertThat(patch.count()).isEqualTo(stay.size() + before.length);
        return new Changed(base, patch, expected.toByteArray());
    }

    private static Rows rows(Random random, int count, boolean text) {
        Rows rows = new Rows(text ? RowFormat.TEXT : RowFormat.BINARY, COLUMNS);
        int kind = random.nextInt(AnyValue.KINDS);
        for (int row = 0; row < count; row++) {
            rows.add(List.of(AnyValue.of(kind, row, random, text), AnyValue.of(5, row, random, text)));
        }
        return rows;
    }

    private byte[] applied(RowPatch patch, Rows base) throws IOException {
        var out = new ByteArrayOutputStream();
        int count = patch.apply(base.chunk(ColumnHint.ANY), decoder, out::write);
        assertThat(count).isEqualTo(patch.count());
        return out.toByteArray();
    }

    private void rowsOrRefused(byte[] chunk, Rows base) throws IOException {
        try {
            applied(RowPatch.of(chunk), base);
        } catch (PgkeepException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED);
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHUNK_DAMAGED));
    }

    @Test
    void the_rows_of_a_chunk_are_held_by_their_numbers() {
        for (boolean text : new boolean[] {false, true}) {
            Rows rows = rows(new Random(5), 700, text);
            HeldRows held = HeldRows.of(rows.chunk(ColumnHint.ANY), decoder);
            assertThat(held.count()).isEqualTo(700);
            for (int row = 0; row < 700; row++) {
                assertThat(Arrays.copyOfRange(held.bytes(), held.start(row), held.start(row) + held.length(row)))
                        .isEqualTo(rows.rows.get(row));
            }
            held.clear();
            assertThat(held.count()).isZero();
            assertThat(held.start(0)).isZero();
        }
        assertRefused(() -> HeldRows.of(RowFragment.chunk(new byte[9], 0, 9, true), decoder));
    }

    @Test
    void rows_without_columns_are_patched_by_their_number_alone() throws IOException {
        Rows base = new Rows(RowFormat.BINARY, 0);
        Collections.nCopies(5, 0).forEach(none -> base.add(List.of()));
        Rows came = new Rows(RowFormat.BINARY, 0).add(List.of());
        RowPatch patch = new RowPatch(5, new int[] {0, 4}, new int[] {3}, came.chunk(ColumnHint.ANY));
        assertThat(applied(patch, base)).hasSize(4 * 2);
    }
}
