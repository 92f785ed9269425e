package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.secret.KnownSecrets;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A random password that never prints itself. */
record Password(String text) {
    private static final int BYTES = 16;

    static Password random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String text = HexFormat.of().formatHex(bytes);
        KnownSecrets.add(text);
        return new Password(text);
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
