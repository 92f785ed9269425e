package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.backup.EveryDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The databases of {@code backup --all}: every profile of the configuration, or else every database of the server. */
record AllDatabases(List<Pgkeep> each, List<PgkeepException> leftOut) {
    /** Pgkeep wired for each of them, and why others are none of them. */
    static AllDatabases of(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        List<String> profiles = pgkeep.settings().profiles();
        if (!profiles.isEmpty()) {
            return new AllDatabases(
                    profiles.stream()
                            .map(profile -> session.open(with(session, profile)))
                            .toList(),
                    List.of());
        }
        EveryDatabase.Found found = pgkeep.everyDatabase().of(pgkeep.target());
        return new AllDatabases(
                found.reachable().stream().map(pgkeep::onDatabase).toList(), found.leftOut());
    }

    private static Map<String, String> with(Session session, String profile) {
        Map<String, String> flags = new HashMap<>(session.flags());
        flags.put("profile", profile);
        return flags;
    }
}
