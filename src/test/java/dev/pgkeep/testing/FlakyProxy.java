package dev.pgkeep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A bad line to a server on this machine: it can be cut, stall, be slow, and take no new connections. */
public final class FlakyProxy implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final int serverPort;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Semaphore flowing = new Semaphore(1);
    private final AtomicLong fromServer = new AtomicLong();
    private final AtomicLong toServer = new AtomicLong();
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile boolean refusing;
    private boolean stalled;

    private FlakyProxy(int serverPort, ServerSocket entrance) {
        this.serverPort = serverPort;
        this.entrance = entrance;
    }

    /** A line that works, to a port on the loopback interface. */
    public static FlakyProxy to(int serverPort) {
        try {
            var proxy = new FlakyProxy(serverPort, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** The URL of a database, through this proxy. */
    public String url(TestDatabase database) {
        return database.url().replace(":" + serverPort + "/", ":" + port() + "/");
    }

    /** Resets every open connection. New ones are taken. */
    public void cut() {
        sockets.forEach(FlakyProxy::reset);
    }

    /** Resets every connection once the server has sent this many bytes in all, counted from now. */
    public void cutAfter(long bytes) {
        cutAfter = fromServer.get() + bytes;
    }

    /** Nothing flows any more, connections stay open, until {@link #resume()}. */
    public synchronized void stall() {
        if (!stalled) {
            flowing.acquireUninterruptibly();
            stalled = true;
        }
    }

    public synchronized void resume() {
        if (stalled) {
            stalled = false;
            flowing.release();
        }
    }

    /** Makes each direction of each connection no faster than this. */
    public void limit(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /** Resets whoever connects from now on; open connections stay. */
    public void refuse() {
        refusing = true;
    }

    public void allow() {
        refusing = false;
    }

    /** Bytes the server has sent so far. */
    public long received() {
        return fromServer.get();
    }

    /** Bytes that were sent to the server so far. */
    public long sent() {
        return toServer.get();
    }

    /** Whether bytes have come that {@link #stall()} keeps from going on. */
    public boolean holdsBack() {
        return flowing.hasQueuedThreads();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException gone) {
            // closed is closed
        }
        cut();
        resume();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (refusing) {
                    reset(client);
                } else {
                    join(client);
                }
            } catch (IOException closedOrServerDown) {
                // the next client, if there is to be one
            }
        }
    }

    private void join(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException down) {
            reset(client);
            throw down;
        }
        sockets.add(client);
        sockets.add(server);
        Thread.startVirtualThread(() -> pump(client, server, toServer));
        Thread.startVirtualThread(() -> pump(server, client, fromServer));
    }

    private void pump(Socket from, Socket to, AtomicLong counter) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                flowing.acquire();
                flowing.release();
                out.write(buffer, 0, length);
                if (counter.addAndGet(length) >= cutAfter && counter == fromServer) {
                    cutAfter = Long.MAX_VALUE;
                    cut();
                }
                Thread.sleep(length * 1000L / bytesPerSecond);
            }
        } catch (IOException ended) {
            // either side may go at any time: that is what this is for
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // already what we want
        }
    }
}
