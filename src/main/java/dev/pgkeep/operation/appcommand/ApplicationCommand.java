package dev.pgkeep.operation.appcommand;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.HostSystem;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A command of the application.
 *
 * @param words program and arguments, as the system starts them
 * @param text as it is shown, without passwords
 */
public record ApplicationCommand(List<String> words, String text) {
    /** The variable in which a command finds which database pgkeep is at work on. */
    public static final String AT_WORK_ON = "PGKEEP_AT_WORK_ON";

    public ApplicationCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command needs a word");
        }
    }

    /** A line as a shell takes it: how commands stand in the configuration. */
    public static ApplicationCommand shell(String line) {
        List<String> words = HostSystem.isWindows() ? List.of("cmd", "/c", line) : List.of("sh", "-c", line);
        return new ApplicationCommand(words, Redaction.redact(line.strip()));
    }

    /** The command that stands after {@code --}. A single word with spaces in it is a line for a shell. */
    public static ApplicationCommand of(List<String> words) {
        if (words.size() == 1 && words.getFirst().strip().contains(" ")) {
            return shell(words.getFirst());
        }
        String text = words.stream().map(ApplicationCommand::quoted).collect(Collectors.joining(" "));
        if (HostSystem.isWindows()) {
            // What npm installs there are batch files, which only their interpreter can start.
            List<String> batch = new java.util.ArrayList<>(List.of("cmd", "/c"));
            batch.addAll(words);
            return new ApplicationCommand(batch, Redaction.redact(text));
        }
        return new ApplicationCommand(words, Redaction.redact(text));
    }

    /** The words when there are any, else the configured line. */
    public static Optional<ApplicationCommand> choose(List<String> words, Optional<String> configured) {
        return words.isEmpty() ? configured.map(ApplicationCommand::shell) : Optional.of(of(words));
    }

    /**
     * Finds out before anything is done that a program is not there. What a shell would start is not known.
     *
     * @throws PgkeepException USAGE
     */
    public void requireProgram(CommandPlace place) {
        if (!Programs.exists(words.getFirst(), place)) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "there is no program " + words.getFirst() + " to run",
                    "check the spelling and PATH, or write the whole line in quotes to have a shell run it");
        }
    }

    /**
     * Runs the command to its end, with the database in its environment.
     *
     * @param target the database; its password goes into the environment and nowhere else
     * @param limit how long it may take
     * @return how it ended, also when it was interrupted
     * @throws PgkeepException COMMAND_FAILED when it cannot be started
     */
    public CommandResult run(Target target, CommandPlace place, Optional<Duration> limit, Cancellation cancellation) {
        Map<String, String> environment = CommandEnvironment.of(target, place);
        return new CommandProcess(this, place, environment, cancellation).run(limit);
    }

    private static String quoted(String word) {
        return word.matches("[\\p{Alnum}_@%+=:,./~^-]+") ? word : ShellWords.quoted(word);
    }
}
