package dev.pgkeep.cli;

import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.base.units.ShellWords;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Command lines that a text suggests, made such that they do the same here: what was said about profile, database and
 * repository is said again, or {@code undo} would take back something else.
 */
final class HintCommands {
    private static final Pattern COMMAND =
            Pattern.compile("\\bpgkeep (undo|restore|list|diff)\\b(?! --(?:profile|url|repo) )");

    private final String more;

    HintCommands(GlobalOptions options) {
        more = option("--profile", options.profile)
                + option("--url", options.url == null ? null : Redaction.redact(options.url))
                + option("--repo", options.repository)
                + (options.useDirectUrl == null
                        ? ""
                        : options.useDirectUrl ? " --use-direct-url" : " --no-use-direct-url");
    }

    String in(String text) {
        return more.isEmpty() ? text : COMMAND.matcher(text).replaceAll("$0" + Matcher.quoteReplacement(more));
    }

    private static String option(String name, @Nullable String value) {
        return value == null ? "" : " " + name + " " + ShellWords.word(value);
    }
}
