package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.secret.KnownSecrets;
import org.jspecify.annotations.Nullable;

/** A password that never prints itself, and that is hidden wherever somebody else prints it. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
        KnownSecrets.add(text);
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
