package dev.pgkeep.postgres.dump;

/** Tells what a byte of a script can be, in any encoding that agrees with ASCII. */
final class SqlBytes {
    private SqlBytes() {}

    static boolean isSpace(byte each) {
        return each == ' ' || each == '\n' || each == '\r' || each == '\t' || each == '\f' || each == 0x0b;
    }

    static boolean isNamePart(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || isDigit(each)
                || each == '_'
                || each == '$'
                || each < 0;
    }

    static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }
}
