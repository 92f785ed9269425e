package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Results as Markdown. */
final class Report {
    private final StringBuilder text = new StringBuilder();

    Report title(String title) {
        text.append("# ").append(title).append("\n\n");
        return this;
    }

    Report heading(String heading) {
        text.append("\n## ").append(heading).append("\n\n");
        return this;
    }

    Report fact(String name, String value) {
        text.append("- ").append(name).append(": ").append(value).append('\n');
        return this;
    }

    Report paragraph(String paragraph) {
        text.append(paragraph).append('\n');
        return this;
    }

    /** What was measured: times, CPU and bytes, and beside each what it is of the one it is compared with. */
    Report results(Results results) {
        row(
                "",
                "time, s",
                "spread",
                "of its peer",
                "CPU client, s",
                "CPU server, s",
                "of COPY, or its peer",
                "process",
                "with children",
                "bytes",
                "of its peer");
        text.append("|---|").append("--:|".repeat(10)).append('\n');
        for (Step step : results.steps()) {
            List<Measured> all = results.of(step);
            row(
                    step.title(),
                    number(results.median(step, Measured::seconds)),
                    number(all.stream().mapToDouble(Measured::seconds).min().orElse(0)) + "–"
                            + number(all.stream()
                                    .mapToDouble(Measured::seconds)
                                    .max()
                                    .orElse(0)),
                    ratio(results, step, peer(results, step), Measured::seconds),
                    number(results.median(step, Measured::clientCpu)),
                    number(results.median(step, Measured::serverCpu)),
                    ratio(results, step, work(results, step), Measured::cpu),
                    memory(results.median(step, Measured::peakProcess)),
                    memory(results.median(step, Measured::peak)),
                    memory(results.median(step, Measured::bytes)),
                    step.kind().isBackup() ? ratio(results, step, peer(results, step), Measured::bytes) : "");
        }
        return this;
    }

    /** A backup is compared with pg_dump -Fc, a restore with the best pg_restore. */
    private static Optional<Step> peer(Results results, Step step) {
        if (step.kind().isRestore()) {
            return results.best(Kind.PG_RESTORE);
        }
        return step.kind().isBackup() ? results.best(Kind.DUMP) : Optional.empty();
    }

    /** The work of a backup is compared with that of reading all rows and throwing them away. */
    private static Optional<Step> work(Results results, Step step) {
        return step.kind().isBackup() ? results.best(Kind.LIMIT) : peer(results, step);
    }

    private static String ratio(Results results, Step step, Optional<Step> other, ToDoubleFunction<Measured> what) {
        return other.map(each -> number(results.ratio(step, each, what))).orElse("");
    }

    private static String memory(double bytes) {
        return bytes > 0 ? megabytes((long) bytes) : "";
    }

    Report bars(BarTable bars) {
        text.append(bars);
        return this;
    }

    /** How time grows with the number of rows, from the first size to the last. */
    Report growth(Map<String, Results> bySize, Map<String, Long> rows) {
        List<String> sizes = List.copyOf(bySize.keySet());
        heading("How cost grows");
        text.append("| | ");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, "%,d rows | ", rows.get(size))));
        text.append("growth |\n|---|").append("--:|".repeat(sizes.size() + 1)).append('\n');
        long factor = rows.get(sizes.getLast()) / rows.get(sizes.getFirst());
        for (Step step : bySize.get(sizes.getFirst()).steps()) {
            text.append("| ").append(step.title()).append(" | ");
            sizes.forEach(
                    size -> text.append(number(seconds(bySize, size, step))).append(" s | "));
            double growth = seconds(bySize, sizes.getLast(), step) / seconds(bySize, sizes.getFirst(), step);
            text.append(number(growth)).append(" × for ").append(factor).append(" × the rows |\n");
        }
        return this;
    }

    private static double seconds(Map<String, Results> bySize, String size, Step step) {
        ToDoubleFunction<Measured> what = Measured::seconds;
        return bySize.get(size).median(step, what);
    }

    void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    static String number(double number) {
        return Double.isNaN(number) ? "–" : String.format(Locale.ROOT, "%.2f", number);
    }

    static String megabytes(long bytes) {
        double megabytes = bytes / 1e6;
        return String.format(Locale.ROOT, megabytes < 10 ? "%.2f MB" : "%.0f MB", megabytes);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
