package dev.pgkeep.cli;

import dev.pgkeep.app.ProductVersion;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Phases.Phase;
import dev.pgkeep.cli.render.PhaseJson;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.cli.render.TimingsJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the time of a run went, for {@code --timings}: may be sent to anybody, since it names no database, no path and
 * nothing else of the user's.
 *
 * @param phases in the order in which they began, what was in none of them last; several may have gone on at once
 * @param wall time of the whole run
 * @param cpu processor time of the whole process, where the system tells
 * @param ranOn pgkeep's version, what runs it, processors, the server's version where one was reached
 */
record Timings(List<Phase> phases, Duration wall, Optional<Duration> cpu, List<String> ranOn) {
    private static final String REST = "rest";

    /** The phases of every command, which say nothing of what it did. */
    private static final Set<String> OF_ALL = Set.of("configuration", "tools");

    static Timings of(Phases recorded, Duration wall, Optional<String> server) {
        List<Phase> phases = new ArrayList<>(recorded.taken());
        Duration covered = recorded.covered();
        if (phases.stream().allMatch(phase -> OF_ALL.contains(phase.name()))) {
            List<Phase> steps = recorded.steps();
            covered = steps.stream().map(Phase::wall).reduce(covered, Duration::plus);
            phases.addAll(steps);
        }
        Duration rest = wall.minus(covered);
        if (!rest.isNegative()) {
            phases.add(new Phase(REST, rest, rest, Optional.empty()));
        }
        return new Timings(phases, wall, ProcessHandle.current().info().totalCpuDuration(), ranOn(server));
    }

    /** Processor time of this process so far; negative where the system does not tell. */
    static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(-1L);
    }

    private static List<String> ranOn(Optional<String> server) {
        List<String> parts = new ArrayList<>();
        parts.add("pgkeep " + ProductVersion.read());
        parts.add(
                System.getProperty("org.graalvm.nativeimage.imagecode") == null
                        ? "Java " + Runtime.version()
                        : "native executable");
        int processors = Runtime.getRuntime().availableProcessors();
        parts.add(processors + (processors == 1 ? " processor" : " processors"));
        // What a server says of itself may go on with the name of whoever built it.
        server.ifPresent(version -> parts.add("PostgreSQL " + version.split("\\s", 2)[0]));
        return parts;
    }

    /** The table and the line of what it ran on. */
    List<String> lines(Style style) {
        TextTable table = new TextTable("phase", ">seconds", ">cpu", ">share");
        for (Phase phase : phases) {
            table.row(
                    phase.name(),
                    seconds(phase.wall()),
                    phase.cpu().map(Timings::seconds).orElse("–"),
                    share(phase));
        }
        table.row("total", seconds(wall), cpu.map(Timings::seconds).orElse("–"), "100%");
        List<String> lines = new ArrayList<>(table.lines(style));
        lines.add(String.join(", ", ranOn));
        return lines;
    }

    TimingsJson json() {
        return new TimingsJson(
                wall.toMillis() / 1000.0,
                cpu.map(time -> time.toMillis() / 1000.0).orElse(null),
                phases.stream().map(PhaseJson::of).toList(),
                ranOn);
    }

    private String share(Phase phase) {
        return Math.round(100.0 * phase.wall().toNanos() / Math.max(1, wall.toNanos())) + "%";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
