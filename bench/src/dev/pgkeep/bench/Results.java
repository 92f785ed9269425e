package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Everything that was measured for one size: for each step, one measurement for each round. */
final class Results {
    private final Map<Step, List<Measured>> byStep = new LinkedHashMap<>();

    void add(Step step, Measured measured) {
        byStep.computeIfAbsent(step, ignored -> new ArrayList<>()).add(measured);
    }

    List<Step> steps() {
        return byStep.keySet().stream()
                .sorted(Comparator.comparing(Step::kind).thenComparing(Step::title))
                .toList();
    }

    List<Measured> of(Step step) {
        return byStep.getOrDefault(step, List.of());
    }

    /** The step of that kind with the lowest median time. */
    Optional<Step> best(Step.Kind kind) {
        return steps().stream()
                .filter(step -> step.kind() == kind)
                .min(Comparator.comparingDouble(step -> median(step, Measured::seconds)));
    }

    /** What that kind of pgkeep did. */
    Optional<Step> of(Step.Kind kind, Flavour.Kind flavour) {
        return steps().stream()
                .filter(step -> step.kind() == kind && step.flavour().equals(Optional.of(flavour)))
                .findFirst();
    }

    double median(Step step, ToDoubleFunction<Measured> what) {
        return median(of(step).stream().mapToDouble(what).toArray());
    }

    /** The median over the rounds of what two steps of the same round have to do with each other: noise cancels out. */
    double ratio(Step one, Step other, ToDoubleFunction<Measured> what) {
        int rounds = Math.min(of(one).size(), of(other).size());
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = what.applyAsDouble(of(one).get(i))
                    / what.applyAsDouble(of(other).get(i));
        }
        return median(ratios);
    }

    /** The most memory that a process of that kind of pgkeep ever had. */
    long peakProcess(Flavour.Kind flavour) {
        return byStep.entrySet().stream()
                .filter(entry -> entry.getKey().flavour().equals(Optional.of(flavour)))
                .flatMap(entry -> entry.getValue().stream())
                .mapToLong(Measured::peakProcess)
                .max()
                .orElse(0);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
