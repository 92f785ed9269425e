package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux's perf saw of one run of the native executable. */
final class PerfSamples {
    private static final int PER_SECOND = 499;

    /** Process, address, function, where it lies. */
    private static final Pattern SAMPLE = Pattern.compile("\\s*(\\d+) +[0-9a-f]+ (.*) \\((.*)\\)");

    private final Path file;

    PerfSamples(Path file) {
        this.file = file;
    }

    /** One moment of CPU. */
    private record Sample(String process, String function, String place) {
        boolean isExecutable() {
            return place.endsWith("/pgkeep");
        }
    }

    /** Whether perf is installed and may count what a process of ours does. */
    static boolean works() {
        try {
            Process process = new ProcessBuilder("perf", "record", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The same pgkeep, watched. */
    Flavour around(Flavour flavour, Path work) throws IOException {
        Path script = Files.writeString(
                work.resolve("perf.sh"),
                "#!/bin/sh\nexec perf record -q -F %d -o '%s' -- '%s' \"$@\"\n"
                        .formatted(PER_SECOND, file, flavour.program()));
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return new Flavour(flavour.kind(), script, flavour.environment());
    }

    /**
     * Adds what was seen, by kind of work.
     *
     * @param names of the functions of the executable
     * @param cpu seconds of all of it, which the samples divide
     */
    void addTo(Shares shares, FunctionNames names, double cpu) throws IOException {
        List<Sample> samples = samples();
        Set<String> ours = new HashSet<>();
        samples.stream().filter(Sample::isExecutable).forEach(each -> ours.add(each.process));
        Map<String, Integer> counts = new HashMap<>();
        for (Sample sample : samples) {
            String what = ours.contains(sample.process) ? work(sample, names) : Profile.PROGRAMS;
            counts.merge(what, 1, Integer::sum);
        }
        counts.forEach((what, count) -> shares.add(what, cpu * count / samples.size()));
    }

    private static String work(Sample sample, FunctionNames names) {
        if (sample.isExecutable()) {
            return names.work(sample.function);
        }
        if (sample.place.contains("zstd")) {
            return Work.ZSTD.title();
        }
        return sample.place.contains("kernel")
                ? "the kernel: connections, files, memory"
                : "the system's libraries: starting, copying";
    }

    private List<Sample> samples() throws IOException {
        Process process = new ProcessBuilder("perf", "script", "-i", file.toString(), "-F", "pid,ip,sym,dso")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Sample> samples = new ArrayList<>();
        for (String line : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                samples.add(new Sample(sample.group(1), sample.group(2), sample.group(3)));
            }
        }
        return samples;
    }
}
