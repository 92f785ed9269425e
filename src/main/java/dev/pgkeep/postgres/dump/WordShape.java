package dev.pgkeep.postgres.dump;

/** Tells which kind of word the scanner is in: a dollar sign goes on with a name, but not with a number. */
final class WordShape {
    private enum Kind {
        NONE,
        NUMBER,
        NAME
    }

    private Kind kind = Kind.NONE;
    private int length;

    /** The next byte of code, other than a dollar sign that begins something. */
    void take(byte each) {
        if (!SqlBytes.isNamePart(each)) {
            end();
            return;
        }
        length++;
        if (!SqlBytes.isDigit(each)) {
            kind = Kind.NAME;
        } else if (kind == Kind.NONE) {
            kind = Kind.NUMBER;
        }
    }

    void end() {
        kind = Kind.NONE;
        length = 0;
    }

    boolean isIdentifier() {
        return kind == Kind.NAME;
    }

    boolean isOneLetter() {
        return kind == Kind.NAME && length == 1;
    }
}
