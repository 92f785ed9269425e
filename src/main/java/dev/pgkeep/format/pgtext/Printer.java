package dev.pgkeep.format.pgtext;

/** Prints one value of a type. */
interface Printer {
    /**
     * Appends the value's text, not escaped.
     *
     * @param from where its bytes begin
     * @param length how many there are
     */
    void print(byte[] in, int from, int length, TextOut out);

    /** Text that is stored as it is printed, behind so many bytes that are not printed. */
    record Verbatim(int skipped) implements Printer {
        @Override
        public void print(byte[] in, int from, int length, TextOut out) {
            out.put(in, from + skipped, length - skipped);
        }
    }

    /** Bytes in hexadecimal. */
    record Hex() implements Printer {
        @Override
        public void print(byte[] in, int from, int length, TextOut out) {
            out.put('\\').put('x');
            digits(in, from, length, out);
        }

        static void digits(byte[] in, int from, int length, TextOut out) {
            for (int at = from; at < from + length; at++) {
                out.hex(in[at]);
            }
        }
    }
}
