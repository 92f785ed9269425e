package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.cli.render.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Help texts, and what is said of words that are not understood. */
final class Help {
    private static final int WIDEST = 100;
    private static final int NARROWEST = 60;

    /** The commands that take a command of the application. */
    private static final Set<String> OF_COMMANDS = Set.of("migrate", "guard");

    private Help() {}

    /** The overview of all commands. */
    static String overview() {
        StringBuilder text = new StringBuilder();
        text.append("Backup, proven restore and safe change for PostgreSQL.\n\n");
        text.append("Usage: pgkeep COMMAND [OPTIONS]\n\n");
        int width =
                Commands.ALL.keySet().stream().mapToInt(String::length).max().orElse(0);
        Commands.ALL.forEach((name, entry) -> text.append("  ")
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(entry.summary())
                .append('\n'));
        text.append("""

                Every command takes --url, --profile, --repo, --yes, --json, -q, -v, --log-file and --no-color.
                The database comes from DATABASE_URL, in the environment or in a .env file.

                Begin with:   pgkeep demo      see it work, nothing needed
                              pgkeep init      set it up for this project
                              pgkeep backup    back up the database
                More about a command: pgkeep COMMAND --help""");
        return text.toString();
    }

    static CommandLine parser(String name, Action action) {
        CommandLine parser = new CommandLine(action);
        parser.setCommandName("pgkeep " + name);
        parser.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n");
        parser.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        parser.setCaseInsensitiveEnumValuesAllowed(true);
        parser.setOverwrittenOptionsAllowed(true);
        return parser;
    }

    /** The help of one command, as wide as the terminal is. */
    static String usage(CommandLine parser, Console console) {
        parser.setUsageHelpWidth(Math.clamp(console.width(), NARROWEST, WIDEST));
        return parser.getUsageMessage(ansi(console)).stripTrailing();
    }

    private static Ansi ansi(Console console) {
        return console.style().enabled() ? Ansi.ON : Ansi.OFF;
    }

    /** The parser's own words, with the option that was probably meant. */
    static PgkeepException usageError(CommandLine.ParameterException e, String command) {
        String hint = "pgkeep " + command + " --help shows all options";
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().getFirst();
            List<String> options = new ArrayList<>();
            e.getCommandLine().getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
            String meant = Words.nearest(word.replaceFirst("=.*", ""), options)
                    .map(option -> "did you mean " + option + "?  ")
                    .orElse("");
            if (OF_COMMANDS.contains(command)) {
                hint = "the options of your own command go after --: pgkeep " + command + " -- psql -f fix.sql";
            }
            String what = word.startsWith("-") ? "unknown option " + word : "one word too many: " + word;
            return new PgkeepException(ErrorCode.USAGE, what, meant + hint, e);
        }
        return new PgkeepException(ErrorCode.USAGE, String.valueOf(e.getMessage()), hint, e);
    }
}
