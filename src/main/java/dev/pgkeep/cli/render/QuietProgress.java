package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Progress;

/** Progress with {@code -q}: warnings only. */
public final class QuietProgress implements Progress {
    private final Console console;

    public QuietProgress(Console console) {
        this.console = console;
    }

    @Override
    public void step(String what) {}

    @Override
    public void advance(Amount amount) {}

    @Override
    public void note(String line) {}

    @Override
    public void warn(String line) {
        console.err().message("warning: ", line);
    }
}
