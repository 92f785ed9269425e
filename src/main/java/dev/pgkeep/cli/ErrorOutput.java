package dev.pgkeep.cli;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.cli.render.Console;
import dev.pgkeep.cli.render.ErrorJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.Paragraph;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Prints a failure: what happened, what to do, and its stable code. */
final class ErrorOutput {
    private static final String INDENT = " ".repeat("error: ".length());

    private final Console console;
    private final GlobalOptions options;

    ErrorOutput(Console console, GlobalOptions options) {
        this.console = console;
        this.options = options;
    }

    /** Prints one problem: on a terminal long lines are broken between words, in a log it is one line. */
    private void print(String title, String text) {
        int width = console.isInteractive() ? Math.max(30, console.width() - INDENT.length() - 1) : Integer.MAX_VALUE;
        String lines = text.lines()
                .flatMap(line -> Paragraph.lines(line, width).stream())
                .collect(Collectors.joining("\n"));
        console.err().message(title + " ", lines);
    }

    /** Prints a failure for people, on stderr, and as the document of {@code --json}. */
    ExitStatus print(PgkeepException failure) {
        tell(failure);
        if (options.json) {
            console.out().document(Json.text(new ErrorJson(ErrorJson.Details.of(failure))));
        }
        return failure.code().exitStatus();
    }

    /** Tells a failure to people alone: the result was printed already, or is still to come. */
    ExitStatus tell(PgkeepException failure) {
        var style = console.style();
        print(
                style.bad("error:"),
                KnownSecrets.mask(failure.getMessage()) + "  "
                        + style.dim("[" + failure.code().text() + "]"));
        if (!failure.hint().isBlank()) {
            print(style.bold("hint: "), KnownSecrets.mask(new HintCommands(options).in(failure.hint())));
        }
        if (options.verbose) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            console.err().message("", Redaction.redact(trace.toString().stripTrailing()));
        }
        return failure.code().exitStatus();
    }
}
