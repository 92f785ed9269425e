package dev.pgkeep.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The end of every report: bars, what was measured, met or missed and by how much, for each kind of pgkeep. */
final class BarTable {
    /**
     * What came out.
     *
     * @param beside another figure that helps to judge it; may be empty
     */
    private record Reading(double value, String beside) {}

    private final List<Flavour.Kind> flavours;
    private final Map<Bar, Map<Flavour.Kind, Reading>> bars = new LinkedHashMap<>();

    BarTable(List<Flavour> flavours) {
        this.flavours = flavours.stream().map(Flavour::kind).toList();
    }

    void add(Bar bar, Flavour.Kind flavour, double value) {
        add(bar, flavour, value, "");
    }

    void add(Bar bar, Flavour.Kind flavour, double value, String beside) {
        bars.computeIfAbsent(bar, ignored -> new LinkedHashMap<>()).put(flavour, new Reading(value, beside));
    }

    /** A bar that stands there although nothing was measured. */
    void addEmpty(Bar bar) {
        bars.putIfAbsent(bar, new LinkedHashMap<>());
    }

    /** A table in Markdown. */
    @Override
    public String toString() {
        var report = new Report().heading("Bars");
        report.row(cells("", "at most", flavours.stream().flatMap(each -> Stream.of(each.toString(), ""))));
        report.paragraph("|---|--:|" + "--:|---|".repeat(flavours.size()));
        bars.forEach((bar, readings) -> report.row(cells(
                bar.what(),
                bar.unit().of(bar.most()),
                flavours.stream().flatMap(flavour -> reading(bar, readings.get(flavour))))));
        return report.toString();
    }

    private static Stream<String> reading(Bar bar, Reading reading) {
        if (reading == null || Double.isNaN(reading.value)) {
            return Stream.of("–", "not measured");
        }
        String beside = reading.beside.isEmpty() ? "" : " (" + reading.beside + ")";
        return Stream.of(bar.unit().of(reading.value) + beside, bar.verdict(reading.value));
    }

    private static String[] cells(String what, String bar, Stream<String> rest) {
        return Stream.concat(Stream.of(what, bar), rest).toArray(String[]::new);
    }
}
