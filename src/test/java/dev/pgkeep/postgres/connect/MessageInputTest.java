package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MessageInputTest {
    @Property(tries = 300)
    void messages_are_the_same_whoever_takes_them(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> messages = messages(random);
        MessageInput input = new MessageInput(new Dribble(bytes(messages), random));
        for (byte[] message : messages) {
            boolean driver = random.nextInt(3) == 0;
            if (!driver && input.next('d')) {
                assertThat(message[0]).isEqualTo((byte) 'd');
                int from = input.from();
                assertThat(Arrays.copyOfRange(input.buffer(), from, from + input.length()))
                        .isEqualTo(Arrays.copyOfRange(message, 5, message.length));
                input.skip();
            } else {
                assertThat(driver || message[0] != 'd' || message.length > MessageInput.BUFFER)
                        .isTrue();
                assertThat(read(input, message.length, random)).isEqualTo(message);
            }
        }
        assertThat(input.next('d')).isFalse();
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void nothing_is_read_beyond_a_message_and_none_is_taken_from_the_driver() throws IOException {
        byte[] row = message('d', new byte[] {1, 2, 3});
        MessageInput input = new MessageInput(new ByteArrayInputStream(bytes(List.of(message('Z', new byte[1]), row))));
        assertThat(input.read(new byte[100], 0, 2)).isEqualTo(2);
        assertThat(input.next('d')).isFalse();
        assertThat(input.read(new byte[100], 0, 100)).isEqualTo(4);
        assertThat(input.next('d')).isTrue();
    }

    @Test
    void what_a_broken_connection_left_is_given_out_before_its_end() throws IOException {
        for (int length : new int[] {0, 3, 5, 9}) {
            byte[] broken = Arrays.copyOf(message('d', new byte[10]), length);
            MessageInput input = new MessageInput(new ByteArrayInputStream(broken));
            assertThat(input.next('d')).isFalse();
            assertThat(input.readAllBytes()).isEqualTo(broken);
        }
    }

    private static byte[] read(MessageInput input, int length, Random random) throws IOException {
        byte[] read = new byte[length];
        int done = 0;
        while (done < length) {
            // The driver asks for more than there is: its buffer has room.
            byte[] some = new byte[1 + random.nextInt(2 * MessageInput.BUFFER)];
            int count = input.read(some, 0, some.length);
            System.arraycopy(some, 0, read, done, count);
            done += count;
        }
        return read;
    }

    private static List<byte[]> messages(Random random) {
        List<byte[]> messages = new ArrayList<>();
        for (int i = random.nextInt(200); i >= 0; i--) {
            int most = random.nextInt(20) == 0 ? 3 * MessageInput.BUFFER : 2_000;
            byte[] content = new byte[random.nextInt(9) == 0 ? 0 : random.nextInt(most)];
            random.nextBytes(content);
            messages.add(message("ddddNSc".charAt(random.nextInt(7)), content));
        }
        return messages;
    }

    private static byte[] message(char letter, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) letter)
                .putInt(4 + content.length)
                .put(content)
                .array();
    }

    private static byte[] bytes(List<byte[]> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Gives out as much at a time as networks do: anything. */
    private static final class Dribble extends ByteArrayInputStream {
        private final Random random;

        Dribble(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(1 << random.nextInt(18))));
        }
    }
}
