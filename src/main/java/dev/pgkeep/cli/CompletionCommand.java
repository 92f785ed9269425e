package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.cli.render.CompletionJson;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep completion bash|zsh}. */
@Command(
        description = "Prints a script that completes commands and options in the shell.",
        footer = {
            "",
            "Examples:",
            "  source <(pgkeep completion bash)                now, or in ~/.bashrc",
            "  pgkeep completion zsh > ~/.pgkeep-completion    then source that in ~/.zshrc"
        })
final class CompletionCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "SHELL", defaultValue = "bash", description = "bash or zsh")
    String shell = "bash";

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new PgkeepException(ErrorCode.USAGE, "no completion for " + shell, "bash and zsh are known");
        }
        CommandLine root = new CommandLine(new Root());
        Commands.ALL.forEach((name, entry) -> {
            CommandLine parser = Help.parser(name, entry.action().get());
            int space = name.indexOf(' ');
            if (space < 0) {
                root.addSubcommand(name, parser);
            } else {
                group(root, name.substring(0, space)).addSubcommand(name.substring(space + 1), parser);
            }
        });
        String script = AutoComplete.bash("pgkeep", root);
        if (global.json) {
            session.answer(new CompletionJson(shell, script.lines().toList()));
        } else {
            session.document(script);
        }
        return ExitStatus.DONE;
    }

    private static CommandLine group(CommandLine root, String name) {
        CommandLine known = root.getSubcommands().get(name);
        if (known != null) {
            return known;
        }
        CommandLine group = new CommandLine(new Root());
        root.addSubcommand(name, group);
        return group;
    }

    @Command(name = "pgkeep")
    private static final class Root {}
}
