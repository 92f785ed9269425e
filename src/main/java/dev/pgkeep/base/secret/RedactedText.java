package dev.pgkeep.base.secret;

/**
 * Takes secrets out of a text that comes in pieces, wherever it was cut: what may be the beginning of a secret is held
 * back until its line ends. A line of any length needs little memory; of a very long one all but its end is given out.
 * For one thread at a time.
 */
public final class RedactedText {
    private static final int LONGEST = 16_384;
    /** More than a secret can be, however it is written. */
    private static final int KEPT = 8_192;

    private final StringBuilder held = new StringBuilder();

    /** The text that can be written now that this piece is there; empty when nothing can. */
    public String take(CharSequence piece) {
        int before = held.length();
        held.append(piece);
        int end = lastLineEnd(before);
        StringBuilder out = new StringBuilder(end > 0 ? given(end) : "");
        while (held.length() > LONGEST) {
            out.append(given(cut()));
        }
        return out.toString();
    }

    /** The rest, when there is no more to come. */
    public String rest() {
        return given(held.length());
    }

    /** The position after the last end of a line; nothing before {@code from} has one. */
    private int lastLineEnd(int from) {
        for (int i = held.length() - 1; i >= from; i--) {
            if (held.charAt(i) == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private String given(int end) {
        String text = held.substring(0, end);
        held.delete(0, end);
        return Redaction.redact(text);
    }

    /** The position where a long line can be cut: at a blank if there is one, and not within a secret. */
    private int cut() {
        int wanted = held.length() - KEPT;
        int at = wanted;
        while (at > wanted / 2 && !Character.isWhitespace(held.charAt(at - 1))) {
            at--;
        }
        at = at > wanted / 2 ? at : wanted;
        SecretForms secrets = KnownSecrets.forms();
        for (var found = secrets.find(held, 0);
                found != null && found.from() < at;
                found = secrets.find(held, found.to())) {
            if (found.to() > at) {
                return found.from() > 0 ? found.from() : found.to();
            }
        }
        return Character.isHighSurrogate(held.charAt(at - 1)) ? at + 1 : at;
    }
}
