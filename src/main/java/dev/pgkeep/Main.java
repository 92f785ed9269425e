package dev.pgkeep;

import dev.pgkeep.app.ProductVersion;
import java.io.PrintStream;
import java.util.Map;

/** Starts the command line and ends the process with its exit status. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        QuietLogging.install();
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /** Everything but ending the process, so that {@link Training} can run commands too. */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        out.println("pgkeep " + ProductVersion.read());
        return 0;
    }
}
