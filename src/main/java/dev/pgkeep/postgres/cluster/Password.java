package dev.pgkeep.postgres.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** A random password that never prints itself. */
record Password(String text) {
    private static final int BYTES = 16;

    static Password random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Password(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
