package dev.pgkeep.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL's programs that everybody uses, the newest at hand.
 *
 * @param folder where they lie
 * @param version for instance {@code 18.1}
 */
record Clients(Path folder, String version) {
    static Clients newest(Map<String, String> environment) {
        var sets = dev.pgkeep.postgres.tools.ClientTools.find(environment, Optional.empty())
                .sets();
        if (sets.isEmpty()) {
            throw new IllegalStateException("pg_dump, pg_restore and psql are not installed");
        }
        return new Clients(sets.getFirst().folder(), sets.getFirst().version().toString());
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
            return !new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .contains("ompression");
        } catch (IOException e) {
            return false;
        }
    }
}
