package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.util.function.Supplier;

/** One thing to do and measure. */
record Task(Step step, Supplier<Measured> work) {}
