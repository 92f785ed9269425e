package dev.pgkeep.doctor;

import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.postgres.tools.Version;
import java.util.List;

/** Whether the client programs are there, and which of them would be used. */
final class ToolChecks {
    private static final String NAME = "client tools";
    /** What to advise where nothing is known about the server: reads every server that is supported. */
    private static final Version NEWEST = new Version(18, 0);

    private final ClientTools tools;

    ToolChecks(ClientTools tools) {
        this.tools = tools;
    }

    void addTo(List<Check> checks, Version server) {
        try {
            ClientSet chosen = tools.chooseForDump(server);
            checks.add(complete(
                    chosen,
                    "pg_dump " + chosen.version() + " in " + chosen.folder() + " will be used"
                            + (tools.sets().size() > 1 ? "; found: " + tools.describe() : "")));
        } catch (PgkeepException e) {
            checks.add(Check.fail(NAME, e.getMessage(), e.hint()));
        }
    }

    void addWithoutServer(List<Check> checks) {
        if (tools.sets().isEmpty()) {
            addTo(checks, NEWEST);
        } else {
            checks.add(complete(tools.sets().getFirst(), "found: " + tools.describe()));
        }
    }

    private static Check complete(ClientSet set, String text) {
        return set.has(Tool.PG_RESTORE)
                ? Check.ok(NAME, text)
                : Check.fail(
                        NAME,
                        "pg_restore is missing in " + set.folder(),
                        "install the whole client package of PostgreSQL "
                                + set.version().majorText());
    }
}
