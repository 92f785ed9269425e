package dev.pgkeep.base.progress;

/**
 * Progress that records where the time goes, too.
 *
 * @param heard who hears everything
 * @param phases receives each step, and the phases of whoever asks for it
 */
public record TimedProgress(Progress heard, Phases phases) implements Progress {
    @Override
    public void step(String what) {
        phases.step(what);
        heard.step(what);
    }

    @Override
    public void advance(Amount amount) {
        heard.advance(amount);
    }

    @Override
    public void note(String line) {
        heard.note(line);
    }

    @Override
    public void warn(String line) {
        heard.warn(line);
    }
}
