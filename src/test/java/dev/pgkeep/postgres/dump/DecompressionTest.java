package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files of several members or frames: read to the end of the last one, or refused. */
class DecompressionTest {
    private static final String FIRST = "SELECT 1;\n".repeat(300);
    private static final String SECOND = "SELECT 2;\n".repeat(300);

    @TempDir
    Path folder;

    @Test
    void all_members_are_read_and_the_zeros_behind_them_are_nothing() throws IOException {
        byte[] two = joined(gzip(FIRST), gzip(SECOND));
        assertThat(content(two, Method.GZIP)).isEqualTo(FIRST + SECOND);
        assertThat(content(joined(two, new byte[700]), Method.GZIP)).isEqualTo(FIRST + SECOND);
        byte[] empty = gzip("");
        assertThat(content(joined(empty, gzip(FIRST), empty), Method.GZIP)).isEqualTo(FIRST);
        assertThat(content(joined(zstd(FIRST), zstd(SECOND)), Method.ZSTD)).isEqualTo(FIRST + SECOND);
    }

    /** A file may consist of nothing but members without content. */
    @Test
    void very_many_small_members_take_no_longer_than_their_bytes() throws IOException {
        byte[] empty = gzip("");
        byte[] many = new byte[empty.length * 400_000];
        for (int at = 0; at < many.length; at += empty.length) {
            System.arraycopy(empty, 0, many, at, empty.length);
        }
        assertThat(content(joined(many, gzip(FIRST)), Method.GZIP)).isEqualTo(FIRST);
    }

    @Test
    void a_member_with_a_name_a_comment_and_a_checksum_of_its_header_is_read() throws IOException {
        byte[] plain = gzip(FIRST);
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 4 | 8 | 16 | 2;
        byte[] more = {2, 0, 'x', 'y', 'n', 0, 'c', 0};
        var crc = new CRC32();
        crc.update(joined(head, more));
        byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] member = joined(head, more, sum, Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(content(member, Method.GZIP)).isEqualTo(FIRST);
        member[14] ^= 1;
        assertRefused(member, Method.GZIP);
    }

    @Test
    void a_second_member_that_is_damaged_anywhere_in_its_header_is_no_end() throws IOException {
        byte[] first = gzip(FIRST);
        byte[] two = joined(first, gzip(SECOND));
        for (int at : new int[] {0, 1, 2}) {
            byte[] damaged = two.clone();
            damaged[first.length + at] ^= 0x40;
            assertRefused(damaged, Method.GZIP);
        }
        for (int length = first.length + 1; length < two.length; length++) {
            assertRefused(Arrays.copyOf(two, length), Method.GZIP);
        }
    }

    @Test
    void what_follows_and_is_no_member_or_frame_is_refused() throws IOException {
        byte[] garbage = "and more".getBytes(StandardCharsets.US_ASCII);
        assertRefused(joined(gzip(FIRST), garbage), Method.GZIP);
        assertRefused(joined(gzip(FIRST), new byte[9], garbage), Method.GZIP);
        assertRefused(joined(zstd(FIRST), garbage), Method.ZSTD);
        assertRefused(joined(zstd(FIRST), new byte[] {1}), Method.ZSTD);
        byte[] first = zstd(FIRST);
        byte[] two = joined(first, zstd(SECOND));
        for (int length = first.length + 1; length < two.length; length++) {
            assertRefused(Arrays.copyOf(two, length), Method.ZSTD);
        }
    }

    /** Whatever gzip and zstd refuse of a file of two members is refused here too. */
    @Test
    void nothing_is_taken_for_whole_that_its_own_tool_refuses() throws IOException {
        compare(joined(gzip(FIRST), gzip(SECOND)), Method.GZIP, List.of("gzip", "-t"));
        compare(joined(zstd(FIRST), zstd(SECOND)), Method.ZSTD, List.of("zstd", "-q", "-t"));
    }

    @Test
    void a_cut_and_something_behind_it_are_found_in_lz4_without_decompressing() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), FIRST + SECOND);
        Path packed = folder.resolve("packed.lz4");
        for (String options : List.of("-1", "-9 --no-frame-crc", "-1 -BX -B4")) {
            var done = Commands.run(List.of("sh", "-c", "lz4 -q -f " + options + " '" + plain + "' '" + packed + "'"));
            assumeTrue(done.status() == 0, "lz4 is not installed");
            byte[] bytes = Files.readAllBytes(packed);
            Lz4Frames.check(new ByteArrayInputStream(bytes));
            Lz4Frames.check(new ByteArrayInputStream(joined(bytes, bytes)));
            for (int length = 1; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> Lz4Frames.check(new ByteArrayInputStream(cut)))
                        .as(options + " cut to " + length)
                        .isInstanceOf(IOException.class);
            }
            byte[] more = joined(bytes, new byte[] {'x'});
            assertThatThrownBy(() -> Lz4Frames.check(new ByteArrayInputStream(more)))
                    .isInstanceOf(IOException.class);
        }
    }

    private void compare(byte[] whole, Method method, List<String> test) throws IOException {
        assumeTrue(Commands.run(List.of(test.getFirst(), "--version")).status() == 0, test + " is not installed");
        Random random = new Random(Campaign.seed(7));
        Path file = folder.resolve(method == Method.GZIP ? "x.gz" : "x.zst");
        for (int draw = 0; draw < Campaign.of(40, 4000); draw++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes;
            Files.write(file, bytes);
            var command = new ArrayList<>(test);
            command.add(file.toString());
            boolean refused = Commands.run(command).status() != 0;
            boolean taken;
            try {
                content(bytes, method);
                taken = true;
            } catch (IOException e) {
                taken = false;
            }
            assertThat(refused && taken).as("draw " + draw + " of " + method).isFalse();
        }
    }

    private static void assertRefused(byte[] bytes, Method method) {
        assertThatThrownBy(() -> content(bytes, method)).isInstanceOf(IOException.class);
    }

    private static String content(byte[] bytes, Method method) throws IOException {
        try (var in = Decompression.open(new ByteArrayInputStream(bytes), method)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static byte[] zstd(String text) {
        return Zstd.compress(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
