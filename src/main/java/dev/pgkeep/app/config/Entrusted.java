package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.NamedProgram;
import dev.pgkeep.app.trust.Trust;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program that is configured. Where a file names it, it is given out only when the user allowed that: nobody can run
 * one and forget to ask.
 *
 * @param <T> a line for a shell, words, or a folder
 */
public final class Entrusted<T> {
    private final T value;
    private final String shown;
    private final Runnable question;

    private Entrusted(T value, String shown, Runnable question) {
        this.value = value;
        this.shown = shown;
        this.question = question;
    }

    /** A value that no file names, and that is therefore always allowed. */
    public static <T> Entrusted<T> own(T value) {
        return new Entrusted<>(value, value.toString(), () -> {});
    }

    /** The value of a key, asked about where a file named it. */
    static <T> Entrusted<T> of(Key key, Found found, T value, Trust trust) {
        Optional<NamedProgram> program = found.file().map(file -> named(key, found, file));
        return new Entrusted<>(value, NamedProgram.shown(found.text()), () -> program.ifPresent(trust::require));
    }

    static NamedProgram named(Key key, Found found, Path file) {
        return new NamedProgram(file, key.name(), found.text(), found.origin());
    }

    /**
     * The program, to be run now.
     *
     * @throws dev.pgkeep.base.error.PgkeepException CONFIG_UNTRUSTED when it is not allowed
     */
    public T allowed() {
        question.run();
        return value;
    }

    /** The same value in another form, under the same question. */
    public <R> Entrusted<R> as(Function<T, R> form) {
        return new Entrusted<>(form.apply(value), shown, question);
    }

    /** The text of the value for people, without passwords. */
    public String shown() {
        return shown;
    }

    /** Whether both name the same program, wherever that stands. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entrusted<?> same && same.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Entrusted[" + shown + "]";
    }
}
