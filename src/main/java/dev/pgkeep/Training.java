package dev.pgkeep;

import dev.pgkeep.app.TrainingRows;
import dev.pgkeep.base.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs a few everyday commands on an empty folder, silently, and some rows through the chunk engine, so that the JVM
 * can write down which classes they need ({@code -XX:AOTCacheOutput}) and how often methods run, and be faster ever
 * after. How the commands end does not matter.
 */
final class Training {
    /** A port that nobody listens on: the driver is loaded, and the connection refused at once. */
    private static final String NOBODY = "postgresql://training@127.0.0.1:9/training";

    private static final String BACKUP = "training_2026-01-01_000000";

    private static final List<List<String>> COMMANDS = List.of(
            List.of("--help"),
            List.of("version"),
            List.of("help", "backup"),
            List.of("list"),
            List.of("list", "--json"),
            List.of("show", "latest"),
            List.of("status"),
            List.of("pin", BACKUP),
            List.of("prune", "--keep-last", "3", "--dry-run", "--url", NOBODY),
            List.of("doctor", "--url", NOBODY),
            List.of("db", "--url", NOBODY),
            List.of("backup", "--url", NOBODY),
            List.of("restore", "latest", "--url", NOBODY),
            List.of("verify", "--quick"),
            List.of("init", "--dry-run"));

    private Training() {}

    public static void main(String[] args) throws IOException {
        QuietLogging.install();
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Path folder = Files.createTempDirectory("pgkeep-training");
        try {
            fill(folder);
            new TrainingRows().run(Files.createDirectory(folder.resolve("rows")));
            Map<String, String> environment = Map.of("BACKUP_DIR", folder.toString(), "HOME", folder.toString());
            for (List<String> command : COMMANDS) {
                Main.run(command.toArray(String[]::new), environment, nowhere, nowhere);
            }
        } finally {
            FileTree.remove(folder);
        }
    }

    /** A backup to list: what reads metadata is most of what a listing needs. */
    private static void fill(Path folder) throws IOException {
        try (InputStream metadata = Training.class.getResourceAsStream("training.json")) {
            if (metadata != null) {
                Files.copy(metadata, folder.resolve(BACKUP + ".json"));
            }
        }
        Files.writeString(folder.resolve(BACKUP + ".sql"), "--\n");
        Files.createDirectory(folder.resolve("marks"));
        Files.writeString(folder.resolve("marks").resolve(BACKUP + ".20260101T000000000Z.checked.json"), "{}");
    }
}
