package dev.pgkeep.bench;

import dev.pgkeep.postgres.tools.ClientTools;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's programs of one version.
 *
 * @param folder where they lie
 * @param version for instance {@code 18.1}
 */
record Clients(Path folder, String version) {
    /**
     * The newest of each major version that is at hand, newest first. Everybody who has a choice uses the first.
     *
     * @throws IllegalStateException when there is none
     */
    static List<Clients> installed(Map<String, String> environment) {
        Map<Integer, Clients> byMajor = new LinkedHashMap<>();
        for (var set : ClientTools.find(environment, Optional.empty()).sets()) {
            var clients = new Clients(set.folder(), set.version().toString());
            byMajor.putIfAbsent(clients.major(), clients);
        }
        if (byMajor.isEmpty()) {
            throw new IllegalStateException("pg_dump, pg_restore and psql are not installed");
        }
        return List.copyOf(byMajor.values());
    }

    int major() {
        return Integer.parseInt(version.replaceAll("\\D.*", ""));
    }

    String program(String name) {
        return folder.resolve(name).toString();
    }

    /** The search path with these programs first, so that pgkeep finds the same. */
    String path(String own) {
        return folder + File.pathSeparator + own;
    }

    boolean knowsZstd() {
        if (major() < 16) {
            return false;
        }
        try {
            // Without zstd it says so before it connects.
            Process process = new ProcessBuilder(program("pg_dump"), "--compress=zstd:1", "-Fc", "-h", "/nonexistent")
                    .redirectErrorStream(true)
                    .start();
            return !new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("ompression");
        } catch (IOException e) {
            return false;
        }
    }
}
