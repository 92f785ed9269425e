package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Makes the driver's sockets lead to one exact place: a unix socket, or one of the addresses that a host name has.
 * Public only because the driver makes it by name; its argument is {@code unix:FILE} or {@code address:NUMERIC}.
 */
public final class EndpointSocketFactory extends SocketFactory {
    private final String place;

    public EndpointSocketFactory(String place) {
        this.place = place;
    }

    static String unix(Endpoint endpoint) {
        return "unix:" + endpoint.socketFile();
    }

    static String address(InetAddress address) {
        return "address:" + address.getHostAddress();
    }

    @Override
    public Socket createSocket() throws IOException {
        String value = place.substring(place.indexOf(':') + 1);
        return place.startsWith("unix:")
                ? new UnixSocket(Path.of(value))
                : new AddressedSocket(InetAddress.getByName(value));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(SocketAddress address) throws IOException {
        Socket socket = createSocket();
        socket.connect(address);
        return socket;
    }

    /** Keeps the port it is told and replaces the host. */
    private static final class AddressedSocket extends Socket {
        private final InetAddress address;

        AddressedSocket(InetAddress address) {
            this.address = address;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            int port = endpoint instanceof InetSocketAddress internet ? internet.getPort() : 5432;
            super.connect(new InetSocketAddress(address, port), timeout);
        }
    }
}
