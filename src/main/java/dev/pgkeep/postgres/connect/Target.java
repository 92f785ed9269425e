package dev.pgkeep.postgres.connect;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A database on a server, and how to get in. Nothing about it prints the password.
 *
 * @param endpoints where the server may listen, at least one, in the order to try
 * @param parameters further connection parameters under their libpq names ({@code sslmode}, {@code options}, …)
 * @param start how sessions begin there; unknown before a server has answered
 * @param origin where this came from, for people, for instance {@code DATABASE_URL in .env}
 */
public record Target(
        List<Endpoint> endpoints,
        String database,
        String user,
        Optional<Secret> password,
        Map<String, String> parameters,
        SessionStart start,
        String origin) {

    static final String ENCODING = "client_encoding";

    public Target {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a target needs an endpoint");
        }
        endpoints = List.copyOf(endpoints);
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** A target as it is written, before a server has answered. */
    public Target(
            List<Endpoint> endpoints,
            String database,
            String user,
            Optional<Secret> password,
            Map<String, String> parameters,
            String origin) {
        this(endpoints, database, user, password, parameters, SessionStart.UNKNOWN, origin);
    }

    /** This server and login with another database. */
    public Target withDatabase(String name) {
        return new Target(endpoints, name, user, password, parameters, start, origin);
    }

    /** This target with one parameter set (libpq name). */
    public Target withParameter(String name, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(name, value);
        return new Target(endpoints, database, user, password, more, start, origin);
    }

    /** This target for programs that are to write in this encoding, whatever role and database have set for clients. */
    public Target inEncoding(String encoding) {
        return withParameter(ENCODING, encoding);
    }

    /** This database on exactly that server. */
    Target settledAt(Endpoint endpoint, SessionStart start) {
        Map<String, String> fewer = new TreeMap<>(parameters);
        fewer.remove("target_session_attrs");
        return new Target(List.of(endpoint), database, user, password, fewer, start, origin);
    }

    /** Whether every endpoint is on this machine, as far as names tell. */
    public boolean isLocal() {
        return endpoints.stream().allMatch(Endpoint::isLocal);
    }

    /** The reason why this looks like a connection pooler rather than the server itself; empty when it does not. */
    public Optional<String> poolerSign() {
        return PoolerDetection.find(this);
    }

    /** The target for people: {@code shop on localhost:5432 as app}. */
    public String describe() {
        return database + " on " + describeServer() + " as " + user;
    }

    /** The server for people: {@code localhost:5432}, or several of them with commas. */
    public String describeServer() {
        return endpoints.stream().map(Endpoint::describe).collect(Collectors.joining(", "));
    }

    /** A URL that works when the password is supplied some other way; it never holds one. */
    public String displayUrl() {
        return UrlWriter.write(this);
    }

    /**
     * A URL with the password in it, for the environment of the application's own tools and nothing else.
     *
     * @param text what this target came from; kept where it says the same, its other parameters kept in any case
     */
    public String urlWithPassword(String text) {
        return new ApplicationUrl(this, text).url();
    }

    /**
     * The URL for Java's driver, without user and password; empty where that driver has no way by URL.
     *
     * @param text what this target came from: a schema that it names is kept
     */
    public Optional<String> jdbcUrl(String text) {
        return new ApplicationUrl(this, text).jdbc();
    }

    /** The environment of a child process that uses libpq: what it needs in it, and what it must not inherit. */
    public LibpqEnvironment libpqEnvironment() {
        return LibpqEnvironment.of(this);
    }

    /**
     * The environment of PostgreSQL's own programs that read for us: their sessions begin like ours, where it is known
     * which server answers.
     *
     * @param application name under which their sessions appear on the server
     */
    public LibpqEnvironment toolEnvironment(String application) {
        return environment(application, start::readingOptions);
    }

    /**
     * The environment of programs that load what was read before.
     *
     * @param application name under which their sessions appear on the server
     * @param moneyLocale {@code lc_monetary} under which money in it was printed; empty where nobody knows: then that
     *     of role and database
     */
    public LibpqEnvironment loadEnvironment(String application, Optional<String> moneyLocale) {
        return environment(application, given -> start.loadingOptions(given, moneyLocale));
    }

    /** Whether children get our settings along with their connection: a pooler in between may not let them through. */
    public boolean takesSettings() {
        return start.major() != 0 && start.options();
    }

    /** {@code SET} statements that belong before a script that a child of ours wrote, which leaves them out. */
    public String headOfScripts() {
        return SessionSettings.reading(
                false, takesSettings() ? Optional.of(SessionSettings.MONEY_LOCALE) : Optional.empty());
    }

    private LibpqEnvironment environment(String application, UnaryOperator<String> options) {
        Target named = withParameter("application_name", application);
        return start.major() == 0
                ? named.libpqEnvironment()
                : named.withParameter("options", options.apply(parameters.getOrDefault("options", "")))
                        .libpqEnvironment();
    }
}
