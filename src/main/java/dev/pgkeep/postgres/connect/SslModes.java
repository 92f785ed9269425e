package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.units.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The modes of encryption, and the defaults that libpq takes from the home folder. */
final class SslModes {
    static final List<String> ALL = List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private SslModes() {}

    /** Checks {@code sslmode} and fills in the files that libpq would find by itself. */
    static void complete(Map<String, String> values, Path home) {
        String root = values.get("sslrootcert");
        if ("system".equals(root)) {
            values.putIfAbsent("sslmode", "verify-full");
        }
        String mode = values.get("sslmode");
        if (mode != null && !ALL.contains(mode)) {
            throw InvalidConnection.of(
                    "sslmode is none of " + String.join(", ", ALL),
                    Words.nearest(mode.replace('_', '-'), ALL)
                            .map(near -> "did you mean sslmode=" + near)
                            .orElse("sslmode=require encrypts, sslmode=verify-full also checks who answers"));
        }
        if ("system".equals(root) && !"verify-full".equals(values.get("sslmode"))) {
            throw InvalidConnection.of("sslrootcert=system needs sslmode=verify-full", "set sslmode=verify-full");
        }
        Path folder = home.resolve(".postgresql");
        fill(values, "sslrootcert", folder.resolve("root.crt"));
        fill(values, "sslcert", folder.resolve("postgresql.crt"));
        if (values.containsKey("sslcert")) {
            fill(values, "sslkey", folder.resolve("postgresql.key"));
        }
    }

    private static void fill(Map<String, String> values, String name, Path file) {
        if (!values.containsKey(name) && Files.isRegularFile(file)) {
            values.put(name, file.toString());
        }
    }
}
