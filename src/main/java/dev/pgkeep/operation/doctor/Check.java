package dev.pgkeep.operation.doctor;

/**
 * One finding of the doctor.
 *
 * @param name what was looked at, one or two words, for instance {@code client tools}
 * @param text what was found, one line
 * @param fix what to do about it, one line; empty when all is well
 */
public record Check(String name, State state, String text, String fix) {
    /** The gravity of a finding. */
    public enum State {
        OK,
        /** Works, though not as it should, or not for everything. */
        WARN,
        /** Backups or restores do not work, or there are none. */
        FAIL
    }

    public Check {
        if ((state == State.OK) != fix.isEmpty()) {
            throw new IllegalArgumentException("a finding needs a fix, and only a finding: " + name + ", " + text);
        }
    }

    static Check ok(String name, String text) {
        return new Check(name, State.OK, text, "");
    }

    static Check warn(String name, String text, String fix) {
        return new Check(name, State.WARN, text, fix);
    }

    static Check fail(String name, String text, String fix) {
        return new Check(name, State.FAIL, text, fix);
    }
}
