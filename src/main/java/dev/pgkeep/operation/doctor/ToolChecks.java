package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.KnownHole;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.postgres.tools.Version;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the client programs are there, and which of them would be used. */
final class ToolChecks {
    private static final String NAME = "client tools";
    private static final String HOLES = "known holes";
    /** The version to advise where nothing is known about the server: reads every server that is supported. */
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
        addHoles(checks);
    }

    void addWithoutServer(List<Check> checks) {
        if (tools.sets().isEmpty()) {
            addTo(checks, NEWEST);
        } else {
            checks.add(complete(tools.sets().getFirst(), "found: " + tools.describe()));
            addHoles(checks);
        }
    }

    /** Every set, since each may be chosen for something, by pgkeep or by hand. */
    private void addHoles(List<Check> checks) {
        tools.sets().forEach(set -> {
            List<KnownHole> holes = KnownHole.ofClients(set.version());
            if (!holes.isEmpty()) {
                checks.add(Check.warn(
                        HOLES,
                        set.version() + " in " + set.folder() + ": "
                                + holes.stream().map(ToolChecks::described).collect(Collectors.joining("; ")),
                        "update it to " + KnownHole.fixOfAll(holes, set.version()) + " or later: "
                                + set.updateCommand() + "; until then give it no archives, scripts and servers that you"
                                + " do not trust"));
            }
        });
    }

    private static String described(KnownHole hole) {
        return hole.program() + ": " + hole.danger() + " (" + hole.source() + ")";
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
