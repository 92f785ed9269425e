package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads what follows the two slashes of a URL: {@code user:password@host:port,host:port/database?name=value}. */
final class UrlText {
    private static final String HOST = "(?:\\[[0-9A-Za-z:.%]*]|[^\\[\\]/?@:,\\s]*)(?::\\d*)?";
    private static final Pattern HOSTS = Pattern.compile(HOST + "(?:," + HOST + ")*");
    private static final Pattern STARTS_WITH_HOSTS = Pattern.compile(HOSTS.pattern() + "(?:[/?].*)?", Pattern.DOTALL);
    private static final Pattern QUERY = Pattern.compile("\\?(?:[A-Za-z_][\\w.-]*=[^?]*)?$");

    private final boolean jdbc;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private UrlText(boolean jdbc) {
        this.jdbc = jdbc;
    }

    static RawSettings read(String rest, boolean jdbc) {
        var reader = new UrlText(jdbc);
        reader.read(rest);
        return new RawSettings(reader.values, jdbc ? RawSettings.Form.JDBC : RawSettings.Form.URL, reader.notes);
    }

    private void read(String rest) {
        int split = endOfLogin(rest);
        if (split >= 0) {
            readLogin(rest.substring(0, split));
        }
        String place = rest.substring(split + 1);
        int question = place.indexOf('?');
        String path = question < 0 ? place : place.substring(0, question);
        int slash = path.indexOf('/');
        readHosts(slash < 0 ? path : path.substring(0, slash));
        String database = slash < 0 ? "" : PercentEncoding.decode(path.substring(slash + 1));
        if (!database.isEmpty()) {
            values.put("dbname", database);
        }
        if (question >= 0) {
            readQuery(place.substring(question + 1));
        }
    }

    /**
     * The position of the @ that ends the login, or -1. By the rules the authority ends at the first slash or question
     * mark; a password with such a character unencoded shows in an authority or a path that makes no sense, and then
     * the last @ before something like a host is taken.
     */
    private int endOfLogin(String rest) {
        int end = firstOf(rest, "/?");
        String authority = rest.substring(0, end);
        int at = authority.lastIndexOf('@');
        String remainder = rest.substring(end);
        if (HOSTS.matcher(authority.substring(at + 1)).matches() && !strayAt(remainder)) {
            return at;
        }
        var query = QUERY.matcher(rest);
        String beforeQuery = query.find() ? rest.substring(0, query.start()) : rest;
        for (int i = beforeQuery.lastIndexOf('@'); i >= 0; i = beforeQuery.lastIndexOf('@', i - 1)) {
            if (STARTS_WITH_HOSTS.matcher(beforeQuery.substring(i + 1)).matches()) {
                notes.add("the password in the connection URL holds characters that should be percent-encoded");
                return i;
            }
        }
        throw InvalidConnection.of("the host and port in the connection URL cannot be understood");
    }

    /** Whether the path, or a query that is none, holds an @, as the rest of an unencoded password would. */
    private static boolean strayAt(String remainder) {
        int question = remainder.indexOf('?');
        String path = question < 0 ? remainder : remainder.substring(0, question);
        String query = question < 0 ? "" : remainder.substring(question + 1);
        return path.contains("@")
                || (query.contains("@")
                        && !query.substring(0, query.indexOf('@')).contains("="));
    }

    private void readLogin(String login) {
        int colon = login.indexOf(':');
        String user = PercentEncoding.decode(colon < 0 ? login : login.substring(0, colon));
        if (!user.isEmpty()) {
            values.put("user", user);
        }
        if (colon >= 0 && colon + 1 < login.length()) {
            values.put("password", PercentEncoding.decode(login.substring(colon + 1)));
        }
    }

    private void readHosts(String authority) {
        if (authority.isEmpty()) {
            return;
        }
        var hosts = new ArrayList<String>();
        var ports = new ArrayList<String>();
        for (String part : authority.split(",", -1)) {
            int bracket = part.lastIndexOf(']');
            int colon = part.indexOf(':', bracket + 1);
            String host = colon < 0 ? part : part.substring(0, colon);
            hosts.add(PercentEncoding.decode(bracket < 0 ? host : host.substring(1, bracket)));
            ports.add(colon < 0 ? "" : part.substring(colon + 1));
        }
        values.put("host", String.join(",", hosts));
        if (ports.stream().anyMatch(port -> !port.isEmpty())) {
            values.put("port", String.join(",", ports));
        }
    }

    private void readQuery(String query) {
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decodeParameter(equals < 0 ? pair : pair.substring(0, equals));
            values.put(name, equals < 0 ? "" : decodeParameter(pair.substring(equals + 1)));
        }
    }

    /** The JDBC driver reads a plus sign in a parameter as a space; libpq does not. */
    private String decodeParameter(String text) {
        return PercentEncoding.decode(jdbc ? text.replace('+', ' ') : text);
    }

    private static int firstOf(String text, String letters) {
        for (int i = 0; i < text.length(); i++) {
            if (letters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
