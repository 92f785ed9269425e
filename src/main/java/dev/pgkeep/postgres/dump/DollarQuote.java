package dev.pgkeep.postgres.dump;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Follows a dollar quote: first its opening tag byte by byte, then the quoted text up to the same tag. */
final class DollarQuote {
    private final ByteArrayOutputStream opening = new ByteArrayOutputStream(16);
    private byte[] tag = {};
    private int matched;
    private boolean isOpening;

    /** A dollar sign that may begin a tag. */
    void begin() {
        isOpening = true;
        opening.reset();
        opening.write('$');
    }

    /** Whether a tag has begun and has not come to its end. */
    boolean isOpening() {
        return isOpening;
    }

    /**
     * Takes the next byte of what may be an opening tag. Afterwards the tag is still open, or whole, or was none.
     *
     * @param each what it is to be read as
     * @param real what it is
     * @return whether the byte belongs to it; it was no tag otherwise
     */
    boolean takes(byte each, byte real) {
        if (each == '$') {
            opening.write(each);
            tag = opening.toByteArray();
            matched = 0;
            isOpening = false;
            return true;
        }
        boolean digitFirst = opening.size() == 1 && SqlBytes.isDigit(each);
        if (SqlBytes.isNamePart(each) && !digitFirst) {
            opening.write(real);
            return true;
        }
        isOpening = false;
        return false;
    }

    /** The bytes that followed the dollar sign, when that turned out to begin no tag. */
    byte[] taken() {
        byte[] all = opening.toByteArray();
        return Arrays.copyOfRange(all, 1, all.length);
    }

    /** Takes the next byte of the quoted text; returns whether it ends the closing tag. */
    boolean closes(byte each) {
        if (each == tag[matched]) {
            matched++;
            return matched == tag.length;
        }
        // A tag holds its dollar sign only at its ends, so a mismatch can only begin anew at this byte.
        matched = each == '$' ? 1 : 0;
        return false;
    }
}
