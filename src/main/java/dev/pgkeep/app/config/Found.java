package dev.pgkeep.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A value and where it was.
 *
 * @param items one text, or the members of a list
 * @param isList whether it was written as a list
 * @param origin for people, for instance {@code PGKEEP_JOBS in the environment}
 * @param level which kind of source
 * @param base what a relative path in it is relative to
 * @param file the file in which it stands; empty for flags and variables of the process
 */
record Found(List<String> items, boolean isList, String origin, Level level, Path base, Optional<Path> file) {
    /** The kinds of sources, strongest first. */
    enum Level {
        FLAG,
        CHOSEN_PROFILE,
        ENVIRONMENT,
        FILE,
        ENV_FILE
    }

    static Found text(String text, String origin, Level level, Path base) {
        return new Found(List.of(text), false, origin, level, base, Optional.empty());
    }

    Found in(Path place) {
        return new Found(items, isList, origin, level, base, Optional.of(place));
    }

    /** This find with another text, in the same place. */
    Found saying(String text) {
        return new Found(List.of(text), isList, origin, level, base, file);
    }

    String text() {
        return String.join(",", items);
    }

    /** Prints the place only: the value may be secret. */
    @Override
    public String toString() {
        return "Found[" + origin + "]";
    }
}
