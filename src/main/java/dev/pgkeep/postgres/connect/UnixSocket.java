package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A unix socket dressed as the {@link Socket} the driver wants. Reads honour the socket timeout: with none they block
 * on the channel, with one they wait on a selector.
 */
final class UnixSocket extends Socket {
    private final Path file;
    private final SocketChannel channel;
    private volatile int timeoutMillis;
    private volatile boolean connected;

    UnixSocket(Path file) throws IOException {
        this.file = file;
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @Override
    public void connect(@Nullable SocketAddress ignored, int timeout) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(file));
        connected = true;
    }

    @Override
    public void connect(@Nullable SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public InputStream getInputStream() {
        return new ChannelInput();
    }

    @Override
    public OutputStream getOutputStream() {
        return new ChannelOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setSendBufferSize(int size) throws SocketException {
        setOption(StandardSocketOptions.SO_SNDBUF, size, "send buffer");
    }

    @Override
    public void setReceiveBufferSize(int size) throws SocketException {
        setOption(StandardSocketOptions.SO_RCVBUF, size, "receive buffer");
    }

    @Override
    public int getSendBufferSize() throws SocketException {
        try {
            return channel.getOption(StandardSocketOptions.SO_SNDBUF);
        } catch (IOException e) {
            throw failed("send buffer", e);
        }
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // means nothing to a unix socket
    }

    @Override
    public void setKeepAlive(boolean on) {
        // means nothing to a unix socket
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    private void setOption(SocketOption<Integer> option, int size, String what) throws SocketException {
        try {
            channel.setOption(option, size);
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private static SocketException failed(String what, IOException cause) {
        var failure = new SocketException("unix socket: " + what);
        failure.initCause(cause);
        return failure;
    }

    private void awaitInput() throws IOException {
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            int ready = selector.select(timeoutMillis);
            key.cancel();
            selector.selectNow();
            if (ready == 0) {
                throw new SocketTimeoutException("Read timed out");
            }
        } finally {
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
    }

    private final class ChannelInput extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (timeoutMillis > 0) {
                awaitInput();
            }
            return channel.read(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private final class ChannelOutput extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
