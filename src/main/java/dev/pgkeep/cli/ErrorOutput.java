package dev.pgkeep.cli;

import dev.pgkeep.cli.output.Console;
import dev.pgkeep.cli.output.ErrorJson;
import dev.pgkeep.cli.output.Json;
import dev.pgkeep.error.ExitStatus;
import dev.pgkeep.error.PgkeepException;

/** Prints a failure: what happened, what to do, and its stable code. */
final class ErrorOutput {
    private final Console console;
    private final GlobalOptions options;

    ErrorOutput(Console console, GlobalOptions options) {
        this.console = console;
        this.options = options;
    }

    ExitStatus print(PgkeepException failure) {
        var style = console.style();
        console.err()
                .println(style.bad("error:") + " " + failure.getMessage()
                        + style.dim("  [" + failure.code().text() + "]"));
        if (!failure.hint().isBlank()) {
            console.err().println(style.bold("hint:") + "  " + failure.hint());
        }
        if (options.verbose) {
            failure.printStackTrace(console.err());
        }
        if (options.json) {
            console.out()
                    .println(Json.text(new ErrorJson(new ErrorJson.Details(
                            failure.code().text(),
                            failure.getMessage(),
                            failure.hint(),
                            failure.code().exitStatus().number()))));
        }
        return failure.code().exitStatus();
    }
}
