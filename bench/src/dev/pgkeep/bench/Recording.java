package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What Java's flight recorder saw of one run. */
final class Recording {
    private static final double PERIOD = 0.005;
    private static final List<String> VIEWS = List.of("cpu-time-hot-methods", "allocation-by-site");

    private static final String MAIN = "main";

    private final Path file;

    /** A moment of CPU, and what it was for. */
    private record Sample(String work, double seconds, boolean interpreted) {}

    Recording(Path file) {
        this.file = file;
    }

    /** The option that makes Java write it. */
    static String option(Path file) {
        return "-XX:StartFlightRecording:settings=profile,jdk.CPUTimeSample#enabled=true,"
                + "jdk.CPUTimeSample#throttle=" + (int) (PERIOD * 1000) + "ms,filename=" + file;
    }

    /**
     * Adds what Java's own threads did, without the recorder. Samples get lost where a machine is busy, and a recorder
     * costs something, so those of a thread divide what it used in a run without one; the main thread, where the JVM
     * starts before there is a recorder, keeps them as they are.
     */
    void addTo(Shares shares, Threads undisturbed) throws IOException {
        for (var each : samples().entrySet()) {
            double sum = each.getValue().stream().mapToDouble(Sample::seconds).sum();
            double used = undisturbed.seconds(each.getKey()::equals);
            double factor = each.getKey().equals(MAIN) || used == 0 ? 1 : used / sum;
            for (Sample sample : each.getValue()) {
                double seconds = sample.seconds * factor;
                shares.add(sample.work, seconds, sample.interpreted ? seconds : 0);
            }
        }
    }

    private Map<String, List<Sample>> samples() throws IOException {
        Map<String, List<Sample>> byThread = new HashMap<>();
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals("jdk.CPUTimeSample") && !isRecorder(event)) {
                    byThread.computeIfAbsent(thread(event), ignored -> new ArrayList<>())
                            .add(sample(event));
                }
            }
        }
        return byThread;
    }

    private static boolean isRecorder(RecordedEvent event) {
        return thread(event).startsWith("JFR")
                || frames(event).stream().anyMatch(frame -> frame.startsWith("jdk.jfr."));
    }

    private static String thread(RecordedEvent event) {
        RecordedThread thread = event.getThread("eventThread");
        return thread == null || thread.getJavaName() == null ? "" : Processes.withoutNumber(thread.getJavaName());
    }

    private static Sample sample(RecordedEvent event) {
        double seconds = event.getDuration("samplingPeriod").toNanos() / 1e9;
        RecordedStackTrace stack = event.getStackTrace();
        boolean interpreted = stack != null
                && !stack.getFrames().isEmpty()
                && stack.getFrames().getFirst().getType().equals("Interpreted");
        return new Sample(Work.of(frames(event)).title(), seconds, interpreted);
    }

    private static List<String> frames(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        return stack == null
                ? List.of()
                : stack.getFrames().stream().map(Recording::name).toList();
    }

    private static String name(RecordedFrame frame) {
        var method = frame.getMethod();
        return method == null ? "" : method.getType().getName() + "." + method.getName();
    }

    /** The hottest methods, and where most is allocated. */
    String views() throws IOException {
        var text = new StringBuilder();
        for (String view : VIEWS) {
            String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
            Process process = new ProcessBuilder(
                            jfr, "view", "--width", "140", "--truncate", "beginning", view, file.toString())
                    .redirectErrorStream(true)
                    .start();
            text.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
