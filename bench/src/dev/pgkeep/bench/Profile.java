package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Records one run of pgkeep with Java's flight recorder, and prints where the time goes. */
final class Profile {
    private static final List<String> VIEWS =
            List.of("cpu-time-hot-methods", "hot-methods", "allocation-by-site", "gc-pauses", "contention-by-site");

    private final Options options;
    private final Server server;
    private final Meter meter;

    Profile(Options options, Server server, Meter meter) {
        this.options = options;
        this.server = server;
        this.meter = meter;
    }

    String run(boolean restore) throws IOException {
        Path file = options.root().resolve("target/bench-" + (restore ? "restore" : "backup") + ".jfr");
        Files.deleteIfExists(file);
        String record = "-XX:StartFlightRecording:settings=profile,jdk.CPUTimeSample#enabled=true,"
                + "jdk.CPUTimeSample#throttle=5ms,filename=" + file;
        Map<String, String> place = Map.of(
                "DATABASE_URL", server.url(Database.NAME),
                "BACKUP_DIR", options.work().resolve("repository").toString());
        Map<String, String> recorded = new java.util.HashMap<>(place);
        recorded.put("PGKEEP_JAVA_OPTS", record);
        String pgkeep = options.root().resolve("pgkeep").toString();
        List<String> backup = List.of(pgkeep, "backup", "--format", options.format(), "--name", "full");
        Meter.Measured measured;
        if (restore) {
            meter.run(place, backup);
            meter.watchThreads();
            measured = meter.run(recorded, List.of(pgkeep, "restore", "full", "--to", "copy", "--create-db", "--yes"));
        } else {
            meter.watchThreads();
            measured = meter.run(recorded, backup);
        }
        var text = new StringBuilder(meter.output());
        text.append("%.2f s, CPU of pgkeep and its children %.2f s, of the server %.2f s, Java's peak %s%n"
                .formatted(
                        measured.seconds(),
                        measured.clientCpu(),
                        measured.serverCpu(),
                        Report.megabytes(measured.peakJava())));
        text.append("CPU by thread (VM Thread: garbage collection): ")
                .append(meter.threads())
                .append('\n');
        for (String view : VIEWS) {
            text.append(view(view, file));
        }
        return text.append("The recording is ").append(file).toString();
    }

    private static String view(String view, Path file) throws IOException {
        String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        Process process = new ProcessBuilder(
                        jfr, "view", "--width", "140", "--truncate", "beginning", view, file.toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
