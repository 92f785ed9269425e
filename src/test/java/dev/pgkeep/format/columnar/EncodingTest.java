package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EncodingTest {
    private static final int ROWS = 10_000;
    private final Random random = new Random(1);

    @Test
    void ascending_integers_take_nothing() throws IOException {
        assertThat(rows(i -> Rows.int8(1_000 + 3L * i)).comeBack(ColumnHint.ANY))
                .hasSizeLessThan(40);
    }

    @Test
    void timestamps_at_whole_seconds_take_as_much_as_seconds() throws IOException {
        byte[] chunk = rows(i -> Rows.int8(700_000_000_000_000L + 1_000_000L * random.nextInt(60_000)))
                .comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.WORDS);
        assertThat(chunk).hasSizeLessThan(2 * ROWS + 60);
    }

    @Test
    void few_different_integers_are_listed() throws IOException {
        assertThat(rows(i -> Rows.int8((random.nextInt(16) + 1L) * 0x1234567890ABCDL))
                        .comeBack(ColumnHint.ANY))
                .hasSizeLessThan(ROWS / 2 + 300);
    }

    @Test
    void few_different_texts_are_listed() throws IOException {
        byte[] chunk = rows(i -> Rows.text(List.of("new", "paid", "shipped").get(random.nextInt(3))))
                .comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.LIST);
        assertThat(chunk).hasSizeLessThan(ROWS / 4 + 60);
    }

    @Test
    void numerics_are_stored_as_scaled_integers_unless_one_of_them_would_change() throws IOException {
        IntFunction<byte[]> price = i -> Rows.numeric(0, 0, 2, 1 + random.nextInt(99), 100 * (1 + random.nextInt(99)));
        byte[] chunk = rows(price).comeBack(ColumnHint.NUMERIC);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.DECIMALS);
        assertThat(chunk).hasSizeLessThan(2 * ROWS + 60);
        IntFunction<byte[]> withNan = i -> i == 5 ? Rows.numeric(0, 0xC000, 0) : price.apply(i);
        assertThat(Rows.encoding(rows(withNan).comeBack(ColumnHint.NUMERIC))).isNotEqualTo(Encoding.DECIMALS);
    }

    @Test
    void floating_point_numbers_that_were_decimals_are_stored_as_scaled_integers_but_for_a_few() throws IOException {
        IntFunction<byte[]> weight = i -> Rows.real8(i % 100 == 99 ? Math.sqrt(i) : random.nextInt(60_000) / 1000.0);
        byte[] chunk = rows(weight).comeBack(ColumnHint.REAL);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.REALS);
        assertThat(chunk).hasSizeLessThan(2 * ROWS + ROWS / 10 + 60);
        byte[] floats = rows(i -> Rows.real4(random.nextInt(250) / 10f)).comeBack(ColumnHint.REAL);
        assertThat(Rows.encoding(floats)).isEqualTo(Encoding.REALS);
        assertThat(floats).hasSizeLessThan(ROWS + 60);
    }

    @Test
    void computed_floating_point_numbers_stay_as_they_are() throws IOException {
        assertThat(Rows.encoding(rows(i -> Rows.real8(random.nextGaussian())).comeBack(ColumnHint.REAL)))
                .isEqualTo(Encoding.WORDS);
        assertThat(Rows.encoding(rows(i -> Rows.real4(random.nextFloat())).comeBack(ColumnHint.REAL)))
                .isEqualTo(Encoding.WORDS);
    }

    @Test
    void texts_of_the_same_pattern_store_only_what_differs() throws IOException {
        byte[] chunk = rows(i -> Rows.text("number " + i + " at 2024-01-0" + (1 + i % 9)))
                .comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.PATTERNS);
        assertThat(chunk).hasSizeLessThan(ROWS + 200);
    }

    @Test
    void values_of_json_are_stored_by_their_keys() throws IOException {
        byte[] chunk = rows(i ->
                        Rows.text("{\"colour\": \"" + List.of("red", "blue").get(random.nextInt(2)) + "\""
                                + (random.nextBoolean() ? "" : ", \"campaign\": {\"id\": " + random.nextInt(200) + "}")
                                + ", \"click\": \"" + token() + "\"}"))
                .comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.TEMPLATES);
        assertThat(chunk).hasSizeLessThan(ROWS / 8 + ROWS / 8 + ROWS / 2 + 11 * ROWS + 400);
    }

    @Test
    void json_whose_keys_are_all_different_is_stored_as_it_is() throws IOException {
        byte[] chunk = rows(i -> Rows.text("{\"" + token() + "\": " + i + "}")).comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.PLAIN);
    }

    @Test
    void elements_of_arrays_are_stored_as_a_column() throws IOException {
        byte[] chunk = rows(i -> Rows.array(List.of("a" + random.nextInt(16), "b", "c" + random.nextInt(16))))
                .comeBack(ColumnHint.ARRAY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.ARRAYS);
        assertThat(chunk).hasSizeLessThan(3 * ROWS + 400);
    }

    @Test
    void integers_that_repeat_are_stored_once_for_each_run() throws IOException {
        byte[] chunk = rows(i -> Rows.int8(new Random(i / 10).nextLong())).comeBack(ColumnHint.ANY);
        assertThat(chunk).hasSizeLessThan(ROWS / 10 * 8 + 100);
    }

    @Test
    void uuids_in_text_take_sixteen_bytes() throws IOException {
        byte[] chunk = rows(i -> Rows.text(new UUID(random.nextLong(), random.nextLong()).toString()))
                .comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.PATTERNS);
        assertThat(chunk).hasSizeLessThan(16 * ROWS + 400);
    }

    @Test
    void bytes_without_order_stay_as_they_are() throws IOException {
        byte[] chunk = rows(this::noise).comeBack(ColumnHint.ANY);
        assertThat(Rows.encoding(chunk)).isEqualTo(Encoding.PLAIN);
    }

    @Test
    void orders_take_less_than_half_of_what_their_rows_take_compressed() throws IOException {
        var rows = new Rows(RowFormat.BINARY, 5);
        for (int i = 0; i < ROWS; i++) {
            rows.add(List.of(
                    Rows.int8(i),
                    Rows.int8(random.nextInt(90_000)),
                    Rows.int8(700_000_000_000_000L + 7_000_000L * i),
                    Rows.text(List.of("new", "paid", "shipped").get(random.nextInt(3))),
                    Rows.text("order " + i + " from shop " + random.nextInt(50))));
        }
        int packed = Zstd.compress(rows.comeBack(ColumnHint.ANY), 3).length;
        assertThat(packed).isLessThan(Zstd.compress(rows.bytes(), 3).length / 2);
    }

    private String token() {
        String letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        return random.ints(11, 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(java.util.stream.Collectors.joining());
    }

    private byte[] noise(int row) {
        byte[] bytes = new byte[3 + row % 40];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Rows rows(IntFunction<byte[]> value) {
        return Rows.of(IntStream.range(0, ROWS).mapToObj(value).toList());
    }
}
