package dev.pgkeep.postgres.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lines that are added to {@code postgresql.conf}. Nothing in the folder has to survive a crash of the machine. */
final class ServerSettings {
    private ServerSettings() {}

    static String lines(ClusterOptions options, int port, Optional<Path> socketFolder) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "fsync", "off",
                "full_page_writes", "off",
                "shared_buffers", "64MB",
                "max_wal_size", "256MB",
                "log_timezone", "UTC",
                "timezone", "UTC",
                "lc_messages", "C"));
        if (options.tls().isPresent()) {
            settings.putAll(Map.of("ssl", "on", "ssl_cert_file", "server.crt", "ssl_key_file", "server.key"));
        }
        settings.putAll(options.settings());
        settings.put("listen_addresses", options.ipv6() ? "127.0.0.1,::1" : "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", socketFolder.map(Path::toString).orElse(""));
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + quoted(setting.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
