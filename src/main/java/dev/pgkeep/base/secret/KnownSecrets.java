package dev.pgkeep.base.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every secret that this process has read. There is one for the whole process, since what must not be written does not
 * depend on who writes it.
 *
 * <p>A secret of fewer than four characters is not looked for: it would be found everywhere. Nor is one that is also
 * the name of a user or database, which everybody knows; both are still hidden where something says that a password
 * follows.
 */
public final class KnownSecrets {
    static final String HIDDEN = "***";

    private static final int SHORTEST = 4;
    private static final int SHORTEST_GUESSED = 8;
    private static final int LONGEST_PIECE = 256;
    /** More than any environment has; beyond, the oldest are forgotten. */
    private static final int MOST = 500;

    private static final Pattern NAME_OF_PASSWORD = Pattern.compile(".*(PASSWORD|PASSWD|PASSPHRASE).*|.+_PWD");
    private static final Pattern NAME_OF_SECRET =
            Pattern.compile(".*(SECRET|TOKEN|CREDENTIAL|(API|PRIVATE|ACCESS|ENCRYPTION|SIGNING)_?KEY).*");
    private static final Pattern NAME_OF_PLACE = Pattern.compile(".*(FILE|PATH|DIR|FOLDER)");
    private static final Pattern IN_URL = Pattern.compile("://[^\\s:/@]*:([^\\s@/]+)@");
    private static final Pattern AFTER_WORD = Pattern.compile("(?i)\\b(?:ssl)?password\\s*=\\s*('[^']*'|[^\\s&'\"]+)");

    private static final Set<String> secrets = new LinkedHashSet<>();
    private static final Set<String> names = new LinkedHashSet<>();

    /** Made when it is wanted first, since secrets come many at a time; null until then. */
    private static volatile @Nullable SecretForms forms;

    private KnownSecrets() {}

    /** A secret; of one of several lines, each counts. */
    public static void add(String secret) {
        add(secret, SHORTEST);
    }

    /** Adds a text that everybody may read although it may be a password as well: names of users and databases. */
    public static synchronized void addName(String name) {
        remember(names, name);
    }

    /** The secrets among variables, by their names, and passwords in URLs and connection texts. */
    public static void learn(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (!NAME_OF_PLACE.matcher(upper).matches()) {
                if (NAME_OF_PASSWORD.matcher(upper).matches()) {
                    add(value, SHORTEST);
                } else if (NAME_OF_SECRET.matcher(upper).matches()) {
                    add(value, SHORTEST_GUESSED);
                }
            }
            learn(value);
        });
    }

    /** The passwords in a URL or a connection text, as they are written and as they are meant. */
    public static void learn(String text) {
        for (Pattern place : new Pattern[] {IN_URL, AFTER_WORD}) {
            Matcher matcher = place.matcher(text);
            while (matcher.find()) {
                String found = matcher.group(1).replaceAll("^'|'$", "");
                add(found);
                add(decoded(found));
            }
        }
    }

    /** The text with every known secret hidden. */
    public static String mask(String text) {
        SecretForms known = forms();
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (var place = known.find(text, 0); place != null; place = known.find(text, done)) {
            out.append(text, done, place.from()).append(HIDDEN);
            done = place.to();
        }
        return done == 0 ? text : out.append(text, done, text.length()).toString();
    }

    static SecretForms forms() {
        SecretForms known = forms;
        return known == null ? compile() : known;
    }

    private static synchronized void add(String secret, int shortest) {
        for (String line : secret.split("\\R")) {
            String piece = line.strip().length() < shortest ? line.strip() : line;
            for (int from = 0; from < piece.length(); from += LONGEST_PIECE) {
                String part = piece.substring(from, Math.min(piece.length(), from + LONGEST_PIECE));
                boolean telling = part.length() >= shortest && !part.contains("${") && !part.matches("true|false");
                if (telling) {
                    remember(secrets, part);
                }
            }
        }
    }

    private static void remember(Set<String> known, String text) {
        if (known.add(text)) {
            forms = null;
            if (known.size() > MOST) {
                known.remove(known.iterator().next());
            }
        }
    }

    private static synchronized SecretForms compile() {
        Set<String> wanted = new HashSet<>(secrets);
        wanted.removeAll(names);
        SecretForms compiled = SecretForms.of(wanted);
        forms = compiled;
        return compiled;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
