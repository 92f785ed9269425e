package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one section of {@code pg_service.conf}. */
final class ServiceFile {
    private ServiceFile() {}

    /** The settings of a service, from the user's file or else the system's. */
    static Map<String, String> read(String service, Map<String, String> environment, Path home) {
        List<Path> places = places(environment, home);
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                Optional<Map<String, String>> section = section(place, service);
                if (section.isPresent()) {
                    return section.get();
                }
            }
        }
        throw InvalidConnection.of(
                "the service " + service + " is not defined",
                "add a section [" + service + "] to " + places.getFirst() + ", or set PGSERVICEFILE");
    }

    private static List<Path> places(Map<String, String> environment, Path home) {
        String own = environment.get("PGSERVICEFILE");
        String appData = environment.get("APPDATA");
        String system = environment.get("PGSYSCONFDIR");
        Path users = own != null && !own.isEmpty()
                ? Path.of(own)
                : appData != null
                        ? Path.of(appData, "postgresql", ".pg_service.conf")
                        : home.resolve(".pg_service.conf");
        return system != null && !system.isEmpty()
                ? List.of(users, Path.of(system, "pg_service.conf"))
                : Stream.of("/etc/postgresql-common", "/etc/sysconfig/pgsql", "/etc")
                        .map(folder -> Path.of(folder, "pg_service.conf"))
                        .collect(() -> new ArrayList<>(List.of(users)), List::add, List::addAll);
    }

    private static Optional<Map<String, String>> section(Path file, String service) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : lines(file)) {
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (text.startsWith("[")) {
                if (inside) {
                    break;
                }
                inside = text.equals("[" + service + "]");
            } else if (inside && text.contains("=")) {
                int equals = text.indexOf('=');
                values.putIfAbsent(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip());
            }
        }
        return inside || !values.isEmpty() ? Optional.of(values) : Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw InvalidConnection.of("the service file " + file + " cannot be read", "check its rights and encoding");
        }
    }
}
