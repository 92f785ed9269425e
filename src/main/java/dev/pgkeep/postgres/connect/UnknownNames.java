package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Names in a connection text that nobody knows. What was meant by one may be where the database is: left out, a default
 * or a {@code PG*} variable would say that instead. So in libpq's own form all of them are refused, as libpq does; in a
 * URL, where drivers have names of their own, those that look like one of libpq's.
 */
final class UnknownNames {
    private static final Set<String> LIBPQ = LibpqNames.parameters();

    private UnknownNames() {}

    /**
     * Refuses what cannot be left out.
     *
     * @param unknown the names, as they are written
     * @return what can
     */
    static List<String> refuse(RawSettings raw, Set<String> unknown) {
        List<String> bearable = new ArrayList<>();
        List<String> order = List.copyOf(raw.values().keySet());
        // An @ behind an unknown name smells of a password with an unencoded question mark in it.
        boolean safe = unknown.stream()
                .noneMatch(name -> raw.values().getOrDefault(name, "").contains("@"));
        for (String name : unknown) {
            Optional<String> meant = meant(name);
            if (raw.form() == RawSettings.Form.KEYWORDS) {
                boolean plain = meant.isPresent()
                        || !order.subList(0, order.indexOf(name)).contains("password");
                throw refused(
                        plain && isName(name) ? name : "the " + (order.indexOf(name) + 1) + ". one", meant, raw.form());
            }
            if (safe && meant.isPresent()) {
                throw refused(name, meant, raw.form());
            }
            bearable.add(safe && isName(name) ? name.toLowerCase(Locale.ROOT) : "one that is no name");
        }
        return bearable;
    }

    /** Capitals alone make a name another one. */
    private static Optional<String> meant(String name) {
        return name.length() < 4
                ? Optional.empty()
                : Words.nearest(name, LIBPQ).filter(near -> Math.abs(near.length() - name.length()) <= 2);
    }

    private static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,40}");
    }

    private static PgkeepException refused(String name, Optional<String> meant, RawSettings.Form form) {
        return InvalidConnection.of(
                "the connection text has a parameter that PostgreSQL does not know: " + name,
                meant.map(near -> "did you mean " + near + "?"
                                + (near.equalsIgnoreCase(name) ? " (in small letters)" : ""))
                        .orElse(
                                form == RawSettings.Form.KEYWORDS
                                        ? "write it as host=localhost port=5432 dbname=shop user=app, values with spaces in"
                                                + " single quotes"
                                        : InvalidConnection.FORMS));
    }
}
