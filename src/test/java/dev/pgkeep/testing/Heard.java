package dev.pgkeep.testing;

import dev.pgkeep.base.progress.Progress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a job says. */
public final class Heard implements Progress {
    public final List<String> steps = new CopyOnWriteArrayList<>();
    public final List<String> notes = new CopyOnWriteArrayList<>();
    public final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void step(String what) {
        steps.add(what);
    }

    @Override
    public void advance(Amount amount) {}

    @Override
    public void note(String line) {
        notes.add(line);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }
}
