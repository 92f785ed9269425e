package dev.pgkeep.postgres.connect;

import java.util.Optional;

/**
 * A place where a server may listen.
 *
 * @param host a name, an address, or the absolute path of the folder of a unix socket
 * @param port 1 to 65535; for a unix socket it is part of the socket's file name
 * @param address the numeric address to connect to instead of looking {@code host} up (libpq's {@code hostaddr})
 */
public record Endpoint(String host, int port, Optional<String> address) {
    public Endpoint(String host, int port) {
        this(host, port, Optional.empty());
    }

    public boolean isUnixSocket() {
        return host.startsWith("/");
    }

    /** Whether the server is on this machine, as far as the name tells. */
    public boolean isLocal() {
        String place = address.orElse(host);
        return isUnixSocket() || place.equals("localhost") || place.startsWith("127.") || place.equals("::1");
    }

    /**
     * Whether a description, as {@link #describe} gives it, means this place. Every name of this machine means the
     * same.
     */
    public boolean isNamed(String description) {
        int colon = description.lastIndexOf(':');
        if (description.equals(describe()) || colon < 0) {
            return description.equals(describe());
        }
        String name = description.substring(0, colon).replaceAll("[\\[\\]]", "");
        return description.substring(colon + 1).equals(Integer.toString(port))
                && isLocal()
                && new Endpoint(name, port).isLocal();
    }

    /** The file of the unix socket. */
    String socketFile() {
        return (host.endsWith("/") ? host : host + "/") + ".s.PGSQL." + port;
    }

    /** The endpoint for people: {@code localhost:5432}, {@code [::1]:5432}, {@code /var/run/postgresql:5432}. */
    public String describe() {
        return (host.contains(":") && !isUnixSocket() ? "[" + host + "]" : host) + ":" + port;
    }
}
