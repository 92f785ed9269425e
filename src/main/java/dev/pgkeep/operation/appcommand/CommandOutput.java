package dev.pgkeep.operation.appcommand;

import java.io.PrintStream;

/** The place for a command's words, and whether it may ask for some. */
public sealed interface CommandOutput {
    /** The terminal, which the command has for itself: colours, prompts and progress bars work as without pgkeep. */
    record Terminal() implements CommandOutput {}

    /**
     * Streams to which the command's lines are passed on.
     *
     * @param input whether it reads what pgkeep's own stdin holds; otherwise it finds the end of input there
     */
    record Lines(PrintStream out, PrintStream err, boolean input) implements CommandOutput {}
}
