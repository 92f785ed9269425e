package dev.pgkeep.cli.render;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.secret.KnownSecrets;
import java.util.List;

/** A failure with {@code --json}: {@code {"error": {"code", "message", "hint", "exit"}}}. */
@io.avaje.jsonb.Json
public record ErrorJson(Details error) {
    /** The error: what happened, what to do, and the exit status. */
    @io.avaje.jsonb.Json
    public record Details(String code, String message, String hint, int exit) {
        public static Details of(PgkeepException failure) {
            return new Details(
                    failure.code().text(),
                    KnownSecrets.mask(failure.getMessage()),
                    KnownSecrets.mask(failure.hint()),
                    failure.code().exitStatus().number());
        }

        public static List<Details> of(List<PgkeepException> failures) {
            return failures.stream().map(Details::of).toList();
        }
    }
}
