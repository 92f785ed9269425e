package dev.pgkeep.format.columnar;

/** The form in which the rows of a table are read, stored and written back. */
public enum RowFormat {
    /** COPY binary: a 16-bit count of fields, then for each a 32-bit length (-1 for NULL) and its bytes. */
    BINARY(1, "binary"),
    /** COPY text: fields parted by tabs, {@code \N} for NULL, escaped, a line feed at the end. */
    TEXT(2, "text");

    private final int code;
    private final String word;

    RowFormat(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The byte that stands for it in stored chunks. */
    public int code() {
        return code;
    }

    /** The word that COPY's FORMAT option takes. */
    public String word() {
        return word;
    }
}
