package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The databases of {@code backup --all}: every profile of the configuration, or else every database of the server. */
final class AllDatabases {
    private AllDatabases() {}

    /** Pgkeep wired for each of them. */
    static List<Pgkeep> of(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        List<String> profiles = pgkeep.settings().profiles();
        return profiles.isEmpty()
                ? pgkeep.everyDatabase().of(pgkeep.target()).stream()
                        .map(pgkeep::onDatabase)
                        .toList()
                : profiles.stream()
                        .map(profile -> session.open(with(session, profile)))
                        .toList();
    }

    private static Map<String, String> with(Session session, String profile) {
        Map<String, String> flags = new HashMap<>(session.flags());
        flags.put("profile", profile);
        return flags;
    }
}
