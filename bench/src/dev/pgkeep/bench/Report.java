package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    Report results(Results results) {
        text.append(
                "\n| | time, s | spread | × as fast | CPU client, s | CPU server, s | × less CPU | memory | bytes | of pg_dump |\n");
        text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
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
                    factor(results, step, Measured::seconds),
                    number(results.median(step, Measured::clientCpu)),
                    number(results.median(step, Measured::serverCpu)),
                    factor(results, step, Measured::cpu),
                    megabytes((long) results.median(step, Measured::peak)),
                    bytes(results, step),
                    size(results, step));
        }
        return this;
    }

    /** How many times as fast as pg_dump -Fc, or as the best pg_restore. */
    private static String factor(Results results, Step step, ToDoubleFunction<Measured> what) {
        return results.best(step.kind().isRestore() ? Kind.PG_RESTORE : Kind.DUMP)
                .map(peer -> number(results.ratio(peer, step, what)))
                .orElse("");
    }

    private static String bytes(Results results, Step step) {
        boolean none = step.kind().isRestore() || step.kind() == Kind.LIMIT;
        return none ? "" : megabytes((long) results.median(step, Measured::bytes));
    }

    private static String size(Results results, Step step) {
        boolean none = step.kind().isRestore() || step.kind() == Kind.LIMIT;
        return none
                ? ""
                : results.best(Kind.DUMP)
                        .map(dump -> String.format(Locale.ROOT, "%.4f", results.ratio(step, dump, Measured::bytes)))
                        .orElse("");
    }

    Report bars(List<Bars.Bar> bars) {
        text.append("\n| promise | measured | |\n|---|--:|---|\n");
        bars.forEach(bar -> row(bar.bar(), bar.measured(), bar.met() ? "met" : "**missed**"));
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
