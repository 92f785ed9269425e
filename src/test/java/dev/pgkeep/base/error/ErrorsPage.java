package dev.pgkeep.base.error;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/** The page of the documentation that lists every error, as {@link ErrorCode} says it. */
final class ErrorsPage {
    private static final String HEAD = """
            # Errors

            Every error of pgkeep says in one line what happened, with a stable code in brackets, and in a second one what to do.
            The code decides the exit status. With `--json` all of that stands in the document: [scripting.md](scripting.md).
            Messages that need more words stand in [When something goes wrong](../guide/troubleshooting.md).

            This page is made of the class `ErrorCode`; the test `ErrorsPageTest` holds it to that, and says how to write it anew.
            """;

    private ErrorsPage() {}

    /** The whole page: a table for each exit status that errors have. */
    static String text() {
        return HEAD
                + Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::exitStatus)
                        .distinct()
                        .sorted(comparing(ExitStatus::number))
                        .map(ErrorsPage::section)
                        .collect(joining());
    }

    private static String section(ExitStatus status) {
        return "\n## Status " + status.number() + ": " + title(status)
                + "\n\n| code | what happened | what to do |\n|---|---|---|\n"
                + Arrays.stream(ErrorCode.values())
                        .filter(code -> code.exitStatus() == status)
                        .map(ErrorsPage::row)
                        .collect(joining());
    }

    private static String row(ErrorCode code) {
        return "| `" + code.text() + "` | " + code.meaning() + " | " + code.remedy() + " |\n";
    }

    private static String title(ExitStatus status) {
        return switch (status) {
            case DONE -> "done";
            case FAILED -> "failed while working";
            case USAGE -> "wrong usage or configuration; nothing was started";
            case DAMAGED -> "damaged, or a proof failed";
            case REFUSED -> "refused for safety";
            case UNREACHABLE -> "database or client programs cannot be reached";
            case DIFFERENT -> "there is a difference";
            case INTERRUPTED -> "interrupted";
        };
    }
}
