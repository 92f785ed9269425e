package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** More backups out of one: its metadata and marks under other names and times. */
final class ManyBackups {
    /** The name of the backup that others are made of. */
    static final String SEED = "seed";

    private ManyBackups() {}

    static void add(Path repository, int count) throws IOException {
        String metadata = Files.readString(repository.resolve(SEED + ".json"));
        String created = metadata.replaceAll("(?s).*?\"created\": *\"([^\"]+)\".*", "$1");
        List<Path> marks = marks(repository);
        for (int i = 1; i <= count; i++) {
            String name = SEED + "-" + i;
            String then = Instant.parse(created).minus(i * 7L, ChronoUnit.HOURS).toString();
            Files.writeString(
                    repository.resolve(name + ".json"), renamed(metadata, name).replace(created, then));
            for (Path mark : marks) {
                String rest = mark.getFileName().toString().substring(SEED.length());
                Files.writeString(mark.resolveSibling(name + rest), renamed(Files.readString(mark), name));
            }
        }
    }

    private static List<Path> marks(Path repository) throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("marks"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(SEED + "."))
                    .toList();
        }
    }

    private static String renamed(String json, String name) {
        return json.replace("\"" + SEED + "\"", "\"" + name + "\"");
    }
}
