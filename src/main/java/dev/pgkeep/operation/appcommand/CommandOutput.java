package dev.pgkeep.operation.appcommand;

import java.io.PrintStream;

/** Where a command's words go, and whether it may ask for some. */
public sealed interface CommandOutput {
    /** It has the terminal for itself: colours, prompts and progress bars work as without pgkeep. */
    record Terminal() implements CommandOutput {}

    /**
     * Its lines are passed on.
     *
     * @param input whether it reads what pgkeep's own stdin holds; otherwise it finds the end of input there
     */
    record Lines(PrintStream out, PrintStream err, boolean input) implements CommandOutput {}
}
