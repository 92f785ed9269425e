package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ScriptChoice;
import dev.pgkeep.postgres.tools.ClientSet;
import java.util.Optional;
import java.util.Set;

/**
 * The database that is loaded, and how.
 *
 * @param tools the client programs that read archives
 * @param searchPath the search path that the backup's database had, as the catalog stores it; empty where it had none
 *     of its own or nobody knows, and then sessions have that of the target
 * @param moneyLocale {@code lc_monetary} under which money was printed; empty where nobody knows
 * @param choice owners, rights, and what the server understands; of what is tried again everything is wanted
 * @param tablespaces those that can be used
 * @param serverVersion as {@code server_version_num}
 */
public record MendTarget(
        Connector connector,
        Target database,
        ClientSet tools,
        Optional<String> searchPath,
        Optional<String> moneyLocale,
        ScriptChoice choice,
        Set<String> tablespaces,
        int serverVersion) {

    /**
     * The statement that has a session find names as the application does.
     *
     * @param local to the end of the transaction only
     */
    String path(boolean local) {
        return searchPath
                .map(path -> "SELECT pg_catalog.set_config('search_path', " + Sql.literal(path) + ", " + local + ")")
                .orElse(local ? "SET LOCAL search_path TO DEFAULT" : "SET search_path TO DEFAULT");
    }

    /** The search path for people. */
    String describePath() {
        return searchPath.map(path -> "the search path " + path).orElse("the database's search path");
    }
}
