package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a target as a libpq URL without its password. */
final class UrlWriter {
    private UrlWriter() {}

    static String write(Target target) {
        var query = new ArrayList<String>();
        String hosts;
        if (target.endpoints().stream().anyMatch(Endpoint::isUnixSocket)) {
            hosts = "";
            query.add("host="
                    + joined(target.endpoints().stream().map(Endpoint::host).toList()));
            query.add("port="
                    + joined(target.endpoints().stream()
                            .map(endpoint -> Integer.toString(endpoint.port()))
                            .toList()));
        } else {
            hosts = target.endpoints().stream().map(UrlWriter::hostAndPort).collect(Collectors.joining(","));
        }
        target.parameters().forEach((name, value) -> query.add(name + "=" + PercentEncoding.encode(value)));
        return "postgresql://" + PercentEncoding.encode(target.user()) + "@" + hosts + "/"
                + PercentEncoding.encode(target.database()) + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    static String hostAndPort(Endpoint endpoint) {
        String host = endpoint.host().contains(":")
                ? "[" + endpoint.host().replace("%", "%25") + "]"
                : PercentEncoding.encode(endpoint.host());
        return host + ":" + endpoint.port();
    }

    private static String joined(List<String> values) {
        return values.stream().map(PercentEncoding::encode).collect(Collectors.joining(","));
    }
}
