package dev.pgkeep.testing;

import dev.pgkeep.base.progress.Progress;
import java.util.function.Consumer;

/** Tells somebody each step as it begins, and keeps silent about the rest. */
public record HeardSteps(Consumer<String> heard) implements Progress {
    @Override
    public void step(String what) {
        heard.accept(what);
    }

    @Override
    public void advance(Amount amount) {}

    @Override
    public void note(String line) {}

    @Override
    public void warn(String line) {}
}
