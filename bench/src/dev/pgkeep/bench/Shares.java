package dev.pgkeep.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** CPU seconds by the kind of work: what a profile comes down to. */
final class Shares {
    /**
     * Of one kind of work.
     *
     * @param interpreted the part of it that ran before it was compiled
     */
    private record Share(double seconds, double interpreted) {
        Share plus(Share more) {
            return new Share(seconds + more.seconds, interpreted + more.interpreted);
        }
    }

    private final Map<String, Share> shares = new LinkedHashMap<>();

    void add(String what, double seconds) {
        add(what, seconds, 0);
    }

    void add(String what, double seconds, double interpreted) {
        if (seconds > 0) {
            shares.merge(what, new Share(seconds, interpreted), Share::plus);
        }
    }

    double sum() {
        return shares.values().stream().mapToDouble(Share::seconds).sum();
    }

    /** A table in Markdown, the largest first; what takes less than a hundredth is one row. */
    @Override
    public String toString() {
        double all = sum();
        var report = new Report();
        boolean compiles = shares.values().stream().anyMatch(each -> each.interpreted > 0);
        if (compiles) {
            report.row("", "CPU, s", "share", "of it not compiled yet, s");
            report.paragraph("|---|--:|--:|--:|");
        } else {
            report.row("", "CPU, s", "share");
            report.paragraph("|---|--:|--:|");
        }
        var rest = new Share[] {new Share(0, 0)};
        shares.entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> -each.getValue().seconds))
                .forEach(each -> {
                    if (each.getValue().seconds < all / 100) {
                        rest[0] = rest[0].plus(each.getValue());
                    } else {
                        row(report, each.getKey(), each.getValue(), all, compiles);
                    }
                });
        if (rest[0].seconds > 0) {
            row(report, "everything smaller", rest[0], all, compiles);
        }
        row(report, "**all of the client's side**", new Share(all, 0), all, compiles);
        return report.toString();
    }

    private static void row(Report report, String title, Share share, double all, boolean compiles) {
        String seconds = Report.number(share.seconds);
        String percent = Math.round(share.seconds / all * 100) + " %";
        if (compiles) {
            report.row(title, seconds, percent, share.interpreted < 0.005 ? "" : Report.number(share.interpreted));
        } else {
            report.row(title, seconds, percent);
        }
    }
}
