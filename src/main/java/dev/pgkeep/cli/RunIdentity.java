package dev.pgkeep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The name by which others on the same server may know this run: its machine and its process. */
final class RunIdentity {
    private static final int LONGEST_HOST = 30;

    private final ProcessContext surroundings;

    RunIdentity(ProcessContext surroundings) {
        this.surroundings = surroundings;
    }

    /** The identity for people: {@code on web-1, process 4711}. */
    String text() {
        String host = host();
        return (host.isEmpty() ? "" : "on " + host.substring(0, Math.min(LONGEST_HOST, host.length())) + ", ")
                + "process " + ProcessHandle.current().pid();
    }

    /** The name of this machine, without asking a name server, which may take its time. */
    private String host() {
        return variable("HOSTNAME").or(() -> variable("COMPUTERNAME")).orElseGet(() -> {
            try {
                return Files.readString(Path.of("/etc/hostname")).strip();
            } catch (IOException e) {
                return "";
            }
        });
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(surroundings.environment().get(name)).filter(value -> !value.isBlank());
    }
}
