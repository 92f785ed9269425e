package dev.pgkeep.bench;

import java.util.Arrays;
import java.util.List;

/** Draws from a list whose n-th entry is n^exponent times rarer than its first. */
final class Zipf {
    private final String[] entries;
    private final double[] upTo;

    Zipf(List<String> list, double exponent) {
        entries = list.toArray(String[]::new);
        upTo = new double[entries.length];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += 1 / Math.pow(i + 1.0, exponent);
            upTo[i] = sum;
        }
        for (int i = 0; i < upTo.length; i++) {
            upTo[i] /= sum;
        }
    }

    String draw(Dice dice) {
        int found = Arrays.binarySearch(upTo, dice.fraction());
        return entries[Math.min(found < 0 ? -found - 1 : found, entries.length - 1)];
    }
}
