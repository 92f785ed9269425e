package dev.pgkeep.repository.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CompressorTest {
    private final Random random = new Random(1);

    @Test
    void one_frame_comes_out_however_many_seams_there_are() {
        try (var compressor = new Compressor(3)) {
            for (int length : new int[] {100_000, 3_000_000, 5}) {
                byte[] chunk = new byte[length + 7];
                for (int i = 0; i < chunk.length; i++) {
                    chunk[i] = (byte) (i < length / 2 ? random.nextInt(3) : i % 90);
                }
                for (int[] seams : new int[][] {{}, {length / 2}, {0, 1, 1, length / 3, length}}) {
                    var packed = compressor.compress(chunk, 7, length, seams);
                    assertThat(packed.isPresent()).isEqualTo(length > 5);
                    packed.ifPresent(frame -> assertThat(Zstd.decompress(bytes(frame), length))
                            .isEqualTo(Arrays.copyOfRange(chunk, 7, 7 + length)));
                }
            }
        }
    }

    @Test
    void what_does_not_become_smaller_is_left_as_it_is() {
        try (var compressor = new Compressor(3)) {
            for (int length : new int[] {0, 1, 40, 200_000}) {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                for (int[] seams : new int[][] {{}, {length / 2, length}}) {
                    assertThat(compressor.compress(noise, 0, length, seams)).isEqualTo(Optional.empty());
                }
            }
        }
    }

    @Test
    void bytes_of_different_kinds_take_less_with_a_seam_between_them() {
        try (var compressor = new Compressor(3)) {
            byte[] chunk = new byte[20_000];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = (byte) (i < 10_000 ? random.nextInt(16) : 100 + random.nextInt(8));
            }
            int without = compressor
                    .compress(chunk, 0, chunk.length, new int[0])
                    .orElseThrow()
                    .remaining();
            int with = compressor
                    .compress(chunk, 0, chunk.length, new int[] {10_000})
                    .orElseThrow()
                    .remaining();
            assertThat(with).isLessThan(without);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
