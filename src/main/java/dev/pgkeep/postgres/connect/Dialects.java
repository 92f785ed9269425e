package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out which dialect a connection text is written in and has it read. */
final class Dialects {
    private static final Pattern SCHEME =
            Pattern.compile("(?i)^((?:jdbc:|r2dbc:(?:pool:)?|vertx-reactive:)?[a-z0-9.+-]+):");
    private static final Pattern KEYWORDS = Pattern.compile("^[A-Za-z_]+\\s*=.*", Pattern.DOTALL);

    /** {@code Host=db;Port=5432;Database=shop}. */
    private static final Pattern SEMICOLONS =
            Pattern.compile("(?is)^[a-z][a-z _]*=[^;]*;(?:.*;)?\\s*(?:host|server|port|database"
                    + "|db|user|username|user id|uid|password|pwd|ssl ?mode|pooling|timeout|search ?path)\\s*=");

    private static final Pattern BARE_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$-]*");

    /** Schemes of drivers and frameworks that speak to PostgreSQL; a driver after {@code +} is cut off before. */
    private static final Set<String> POSTGRES =
            Set.of("postgres", "postgresql", "pgsql", "postgis", "postgresqls", "ecto", "timescale", "timescaledb");

    private Dialects() {}

    static RawSettings read(String text) {
        String stripped = unquoted(text.strip());
        if (stripped.isEmpty()) {
            return new RawSettings(new LinkedHashMap<>(), RawSettings.Form.URL, new ArrayList<>());
        }
        if (SEMICOLONS.matcher(stripped).find()) {
            throw InvalidConnection.of(
                    "the connection text is written as .NET drivers take it, with semicolons; pgkeep and PostgreSQL's own"
                            + " programs do not");
        }
        if (KEYWORDS.matcher(stripped).matches()) {
            return KeywordText.read(stripped);
        }
        var scheme = SCHEME.matcher(stripped);
        if (scheme.find()) {
            return ofScheme(scheme.group(1).toLowerCase(Locale.ROOT), stripped.substring(scheme.end()));
        }
        if (BARE_NAME.matcher(stripped).matches()) {
            var values = new LinkedHashMap<String, String>();
            values.put("dbname", stripped);
            return new RawSettings(values, RawSettings.Form.URL, new ArrayList<>());
        }
        throw InvalidConnection.of("the connection text has no scheme such as postgresql://");
    }

    private static RawSettings ofScheme(String scheme, String rest) {
        boolean jdbc = scheme.startsWith("jdbc:");
        String name = scheme.substring(scheme.lastIndexOf(':') + 1).replaceAll("\\+.*", "");
        if (scheme.startsWith("prisma")) {
            throw InvalidConnection.of(
                    "a " + scheme + ":// URL leads to Prisma's own service, not to a PostgreSQL server",
                    "set DIRECT_URL to the postgresql:// URL of the database itself");
        }
        if (POSTGRES.contains(name)) {
            if (rest.startsWith("//")) {
                return UrlText.read(rest.substring(2), jdbc);
            }
            if (jdbc) {
                return UrlText.read("/" + rest.replaceFirst("^/", ""), true);
            }
            throw InvalidConnection.of("the connection URL lacks the two slashes after " + name + ":");
        }
        if (rest.startsWith("//")) {
            throw InvalidConnection.of(
                    "the URL scheme " + scheme + ":// is not one of PostgreSQL",
                    "pgkeep works with PostgreSQL only: " + InvalidConnection.FORMS);
        }
        throw InvalidConnection.of("the connection text has no scheme such as postgresql://");
    }

    /** Quotes that were meant for a shell or a {@code .env} file. */
    private static String unquoted(String text) {
        for (String quote : List.of("\"", "'", "`")) {
            if (text.length() > 1 && text.startsWith(quote) && text.endsWith(quote)) {
                return text.substring(1, text.length() - 1).strip();
            }
        }
        return text;
    }
}
