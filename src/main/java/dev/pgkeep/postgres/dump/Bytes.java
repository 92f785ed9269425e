package dev.pgkeep.postgres.dump;

/** Looks for bytes in bytes. */
final class Bytes {
    private Bytes() {}

    static boolean startsWith(byte[] bytes, byte[] wanted) {
        return isAt(bytes, 0, wanted);
    }

    static boolean isAt(byte[] bytes, int at, byte[] wanted) {
        if (bytes.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean contains(byte[] bytes, byte[] wanted) {
        return indexOf(bytes, wanted) >= 0;
    }

    /** Where these bytes stand for the first time; -1 where nowhere. */
    static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (isAt(bytes, at, wanted)) {
                return at;
            }
        }
        return -1;
    }
}
