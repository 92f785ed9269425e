package dev.pgkeep.postgres.connect;

import org.jspecify.annotations.Nullable;

/** A password that never prints itself. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The password itself, for the driver or the environment of a child process and nothing else. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
