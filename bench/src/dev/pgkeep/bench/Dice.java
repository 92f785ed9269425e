package dev.pgkeep.bench;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that falls the same way in every run. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(mixed(seed));
    }

    /** Neighbouring seeds must not give the same numbers one step later. */
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double fraction() {
        return random.nextDouble();
    }

    /** 0 to bound - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    /** Small numbers far more often than large ones, as popularity goes: 0 to bound - 1. */
    int few(int bound) {
        double x = random.nextDouble();
        return (int) (bound * x * x * x);
    }

    long any() {
        return random.nextLong();
    }

    double bell() {
        return random.nextGaussian();
    }

    void bytes(byte[] target) {
        random.nextBytes(target);
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
