package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pairs the lists of hosts, addresses and ports as libpq does. */
final class Endpoints {
    private Endpoints() {}

    static List<Endpoint> of(Map<String, String> values) {
        List<String> hosts = list(values.get("host"));
        List<String> addresses = list(values.get("hostaddr"));
        List<String> ports = list(values.get("port"));
        int count = Math.max(1, Math.max(hosts.size(), addresses.size()));
        if ((!hosts.isEmpty() && hosts.size() != count) || (!addresses.isEmpty() && addresses.size() != count)) {
            throw InvalidConnection.of(
                    "the connection names " + hosts.size() + " hosts but " + addresses.size() + " addresses (hostaddr)",
                    "give one address for every host, or leave hostaddr out");
        }
        if (ports.size() > 1 && ports.size() != count) {
            throw InvalidConnection.of(
                    "the connection names " + count + " hosts but " + ports.size() + " ports",
                    "give one port for all hosts, or one for each");
        }
        var endpoints = new ArrayList<Endpoint>();
        for (int i = 0; i < count; i++) {
            endpoints.add(endpoint(at(hosts, i), at(addresses, i), port(at(ports, ports.size() == 1 ? 0 : i))));
        }
        return endpoints;
    }

    private static Endpoint endpoint(String host, String address, int port) {
        if (host.startsWith("@")) {
            throw InvalidConnection.of(
                    "abstract unix sockets (host=@…) are not supported", "use a socket folder or host=localhost");
        }
        if (host.isEmpty()) {
            return new Endpoint(address.isEmpty() ? DefaultSocket.host(port) : address, port);
        }
        return new Endpoint(host, port, Optional.of(address).filter(text -> !text.isEmpty()));
    }

    private static int port(String text) {
        if (text.isBlank()) {
            return 5432;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below, without the text: it may be a piece of a password
        }
        throw InvalidConnection.of("the port of the connection is not a number from 1 to 65535");
    }

    private static List<String> list(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static String at(List<String> values, int index) {
        return index < values.size() ? values.get(index).strip() : "";
    }
}
