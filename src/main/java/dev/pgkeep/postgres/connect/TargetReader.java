package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.secret.KnownSecrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a connection text, the environment and the files of libpq into a {@link Target}. */
public final class TargetReader {
    /** Variables that by themselves say which database is meant. */
    private static final List<String> TELLING = List.of("PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE");

    private TargetReader() {}

    /**
     * @param target what was understood
     * @param notes for people: what was ignored and why, one line each, without secrets
     */
    public record Reading(Target target, List<String> notes) {
        public Reading {
            notes = List.copyOf(notes);
        }
    }

    /** Whether the {@code PG*} variables alone tell which database is meant. */
    public static boolean knownFromEnvironment(Map<String, String> environment) {
        return TELLING.stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    }

    /**
     * Reads a URL ({@code postgresql://}, {@code jdbc:postgresql://}, those of common drivers), a libpq keyword text, a
     * bare database name, or nothing at all, in which case only the environment and defaults speak.
     *
     * @param environment the variables to see ({@code PG*}, {@code APPDATA})
     * @param home the user's home folder, for {@code .pgpass}, {@code .pg_service.conf} and {@code .postgresql}
     * @param origin where the text came from, for people
     * @throws dev.pgkeep.base.error.PgkeepException {@code CONNECTION_INVALID}, never repeating the text
     */
    public static Reading read(String text, Map<String, String> environment, Path home, String origin) {
        Set<String> notes = new LinkedHashSet<>();
        Map<String, String> values = understood(Dialects.read(text), notes);
        addService(values, environment, home, notes);
        addEnvironment(values, environment);
        SslModes.complete(values, home);
        Target target = target(values, environment, home, origin, notes);
        target.poolerSign().map(PoolerDetection::note).ifPresent(notes::add);
        return new Reading(target, List.copyOf(notes));
    }

    private static Map<String, String> understood(RawSettings raw, Set<String> notes) {
        var said = new ArrayList<>(raw.notes());
        Map<String, String> values = UrlParameters.understand(raw, said);
        notes.addAll(said);
        return values;
    }

    private static void addService(
            Map<String, String> values, Map<String, String> environment, Path home, Set<String> notes) {
        String service = values.getOrDefault("service", environment.getOrDefault("PGSERVICE", ""));
        values.remove("service");
        if (!service.isEmpty()) {
            var raw =
                    new RawSettings(ServiceFile.read(service, environment, home), RawSettings.Form.KEYWORDS, List.of());
            Map<String, String> more = understood(raw, notes);
            more.remove("service");
            more.forEach(values::putIfAbsent);
        }
    }

    private static void addEnvironment(Map<String, String> values, Map<String, String> environment) {
        // A host in the text is another server than the one PGHOSTADDR means.
        boolean placed = values.containsKey("host") || values.containsKey("hostaddr");
        LibpqNames.IDENTITY_VARIABLES.forEach((name, variable) -> {
            if (!(placed && name.equals("hostaddr"))) {
                fill(values, name, environment.get(variable));
            }
        });
        LibpqNames.VARIABLES.forEach((name, variable) -> fill(values, name, environment.get(variable)));
        if ("1".equals(environment.get("PGREQUIRESSL"))) {
            values.putIfAbsent("sslmode", "require");
        }
    }

    private static void fill(Map<String, String> values, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            values.putIfAbsent(name, value);
        }
    }

    private static Target target(
            Map<String, String> values, Map<String, String> environment, Path home, String origin, Set<String> notes) {
        List<Endpoint> endpoints = Endpoints.of(values);
        String user = nonEmpty(values, "user").orElseGet(() -> System.getProperty("user.name", "postgres"));
        String database = nonEmpty(values, "dbname").orElse(user);
        KnownSecrets.addName(user);
        KnownSecrets.addName(database);
        Optional<Secret> password = nonEmpty(values, "password")
                .map(Secret::new)
                .or(() -> {
                    var said = new ArrayList<String>();
                    var file = PasswordFile.read(passwordFile(values, environment, home), said);
                    notes.addAll(said);
                    return endpoints.stream()
                            .flatMap(endpoint -> file.find(endpoint, database, user).stream())
                            .findFirst();
                });
        Map<String, String> parameters = new TreeMap<>(values);
        parameters.keySet().retainAll(LibpqNames.VARIABLES.keySet());
        parameters.values().removeIf(String::isEmpty);
        nonEmpty(values, "passfile").ifPresent(file -> parameters.put("passfile", file));
        refuseZero(user, database, parameters);
        return new Target(endpoints, database, user, password, parameters, origin);
    }

    private static Path passwordFile(Map<String, String> values, Map<String, String> environment, Path home) {
        return nonEmpty(values, "passfile").map(Path::of).orElseGet(() -> {
            String appData = environment.get("APPDATA");
            return appData == null ? home.resolve(".pgpass") : Path.of(appData, "postgresql", "pgpass.conf");
        });
    }

    private static Optional<String> nonEmpty(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** A zero byte ends a text for the server, so that it could smuggle in another meaning. */
    private static void refuseZero(String user, String database, Map<String, String> parameters) {
        if ((user + database + parameters.values()).indexOf('\0') >= 0) {
            throw InvalidConnection.of("the connection holds a zero byte (%00)");
        }
    }
}
