package dev.pgkeep.operation.guard;

import dev.pgkeep.format.manifest.DatabaseProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The changes that {@code ALTER DATABASE} and its like make: they stand beside the schema, and decide all the same what
 * works.
 */
final class DatabaseChanges {
    private DatabaseChanges() {}

    /**
     * The changes for people, one line each: {@code search_path: foo (was not set)}.
     *
     * @param rights whether owner and rights count
     */
    static List<String> between(DatabaseProperties before, DatabaseProperties now, boolean rights) {
        List<String> lines = new ArrayList<>();
        if (rights) {
            add(lines, "owner", before.owner(), now.owner());
            add(lines, "rights", grants(before), grants(now));
        }
        add(lines, "comment", before.comment(), now.comment());
        add(lines, "connection limit", limit(before), limit(now));
        add(lines, "template", String.valueOf(before.template()), String.valueOf(now.template()));
        Map<String, String> was = settings(before);
        Map<String, String> is = settings(now);
        was.forEach((name, value) -> add(lines, name, value, is.get(name)));
        is.forEach((name, value) -> {
            if (!was.containsKey(name)) {
                add(lines, name, null, value);
            }
        });
        return lines;
    }

    private static void add(List<String> lines, String what, @Nullable String before, @Nullable String now) {
        if (!Objects.equals(before, now)) {
            lines.add(what + ": " + (now == null ? "not set" : now) + " (was " + (before == null ? "not set" : before)
                    + ")");
        }
    }

    private static Map<String, String> settings(DatabaseProperties of) {
        Map<String, String> settings = new TreeMap<>();
        of.settings()
                .forEach(each ->
                        settings.put(each.name() + (each.role() == null ? "" : " for " + each.role()), each.value()));
        return settings;
    }

    private static @Nullable String limit(DatabaseProperties of) {
        return of.connectionLimit() < 0 ? null : String.valueOf(of.connectionLimit());
    }

    /** The rights on a database in words; its owner has all of them, and that is told as the owner. */
    private static String grants(DatabaseProperties of) {
        if (of.grants().standard()) {
            return "the usual ones";
        }
        List<String> texts = new ArrayList<>();
        of.grants()
                .entries()
                .forEach(each -> texts.add((each.grantee() == null ? "everybody" : each.grantee()) + " "
                        + String.join(", ", each.privileges()) + (each.grantable() ? " to grant on" : "")));
        texts.sort(null);
        return String.join("; ", texts);
    }
}
