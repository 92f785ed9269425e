package dev.pgkeep.cli.render;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Visible;
import java.util.List;
import java.util.Locale;

/** Asks before something is destroyed. Without a person there to answer, the answer is no. */
public final class Question {
    private final Console console;

    public Question(Console console) {
        this.console = console;
    }

    /**
     * Wants a word typed in full.
     *
     * @param word what must be typed: {@code yes}, or the name of a protected database
     * @throws PgkeepException REFUSED when it was not
     */
    public void confirm(String what, String word) {
        if (!console.isInteractive()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "somebody has to confirm to " + what + ", and there is no terminal to ask on",
                    "add --yes to confirm in a script");
        }
        String answer = console.readLine("Type " + console.style().bold(word) + " to " + what + ", q to quit: ");
        // What cannot be typed is typed as it is shown.
        if (answer == null || !List.of(word, Visible.line(word)).contains(answer.strip())) {
            throw refused();
        }
    }

    /** A question with a default of yes. */
    public boolean agree(String question) {
        if (!console.isInteractive()) {
            return true;
        }
        String answer = console.readLine(question + " [Y/n] ");
        if (answer == null) {
            throw refused();
        }
        return switch (answer.strip().toLowerCase(Locale.ROOT)) {
            case "", "y", "yes" -> true;
            default -> false;
        };
    }

    public static PgkeepException refused() {
        return new PgkeepException(
                ErrorCode.REFUSED, "not confirmed, nothing was changed", "run it again when you are sure");
    }
}
