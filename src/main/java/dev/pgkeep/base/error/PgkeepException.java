package dev.pgkeep.base.error;

import org.jspecify.annotations.Nullable;

/**
 * The only exception that pgkeep throws on purpose. The message says in one line what happened, the hint in one line
 * what to do about it; neither ever holds a secret.
 */
public final class PgkeepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;

    public PgkeepException(ErrorCode code, String message, String hint) {
        this(code, message, hint, null);
    }

    public PgkeepException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    public ErrorCode code() {
        return code;
    }

    /** The hint, what the user can do next; one line, no trailing full stop needed. */
    public String hint() {
        return hint;
    }

    /** This failure, told with what was being done when it happened. */
    public PgkeepException during(String what) {
        return new PgkeepException(code, what + ": " + getMessage(), hint, this);
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? code.text() : message;
    }
}
