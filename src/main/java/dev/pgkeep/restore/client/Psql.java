package dev.pgkeep.restore.client;

import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs psql on a database: nothing of the user's own settings, and an end at the first error. */
public final class Psql {
    private Psql() {}

    /**
     * A psql that waits for a script on its standard input.
     *
     * @param moneyLocale {@code lc_monetary} under which money in it was printed; empty where nobody knows
     */
    public static ClientProcess script(ClientSet tools, Target database, Optional<String> moneyLocale) {
        List<String> command = new ArrayList<>(tools.command(Tool.PSQL, "--no-psqlrc", "--quiet"));
        command.add("--set=ON_ERROR_STOP=1");
        command.add("--file=-");
        command.add("--dbname=" + Conninfo.ofDatabase(database.database()));
        return process(command, database, moneyLocale);
    }

    /** A client program that works on a database. */
    static ClientProcess process(List<String> command, Target database, Optional<String> moneyLocale) {
        LibpqEnvironment environment = database.loadEnvironment("pgkeep restore", moneyLocale);
        return new ClientProcess(command).environment(environment.set()).without(environment.unset());
    }
}
