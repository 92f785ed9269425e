package dev.pgkeep.cli;

import picocli.CommandLine.Option;

/** The option of commands that destroy, and ask for the name of a protected database unless it is given. */
final class AllowProtected {
    @Option(
            names = "--allow-protected",
            description = "Do not ask for the name of a protected database; --yes is needed all the same")
    boolean given;
}
