package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.PgkeepException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The URL of a target as the application's own tools read it, password included. What the application wrote itself is
 * kept to the letter where it leads to the same place: it may speak of things that only its own tools understand
 * ({@code schema} of Prisma, {@code +psycopg} of SQLAlchemy).
 */
final class ApplicationUrl {
    private final Target target;
    private final Map<String, String> said = new HashMap<>();
    private final Map<String, String> raw = new TreeMap<>();
    private final String text;

    /** @param text what the connection came from; empty where there is none */
    ApplicationUrl(Target target, String text) {
        this.target = target;
        this.text = text.strip();
        try {
            RawSettings settings = Dialects.read(text);
            raw.putAll(settings.values());
            said.putAll(UrlParameters.understand(settings, new ArrayList<>()));
        } catch (PgkeepException e) {
            raw.clear();
            said.clear();
        }
    }

    String url() {
        return leadsToTarget() ? text : written();
    }

    /**
     * The URL for Java's driver, without user and password; empty for a unix socket, to which that has no way by URL.
     */
    Optional<String> jdbc() {
        if (target.endpoints().stream().anyMatch(Endpoint::isUnixSocket)) {
            return Optional.empty();
        }
        List<String> query = new ArrayList<>();
        for (String name : List.of("sslmode", "sslrootcert", "sslcert", "sslkey")) {
            String value = target.parameters().get(name);
            if (value != null && !value.equals("system")) {
                query.add(name + "=" + encode(value));
            }
        }
        schema().ifPresent(schema -> query.add("currentSchema=" + encode(schema)));
        return Optional.of("jdbc:postgresql://" + hosts() + "/" + encode(target.database()) + tail(query));
    }

    private Optional<String> schema() {
        return List.of("schema", "currentSchema", "search_path").stream()
                .map(raw::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private boolean leadsToTarget() {
        Endpoint place = target.endpoints().getFirst();
        return text.contains("://")
                && target.endpoints().size() == 1
                && place.host().equals(said.get("host"))
                && Integer.toString(place.port()).equals(said.getOrDefault("port", "5432"))
                && target.database().equals(said.get("dbname"))
                && target.user().equals(said.get("user"))
                && Optional.ofNullable(said.get("password")).map(Secret::new).equals(target.password());
    }

    private String written() {
        List<String> query = new ArrayList<>();
        boolean socket = target.endpoints().stream().anyMatch(Endpoint::isUnixSocket);
        if (socket) {
            query.add("host=" + encode(target.endpoints().getFirst().host()));
        }
        target.parameters().forEach((name, value) -> {
            if (!name.equals("passfile")) {
                query.add(name + "=" + encode(value));
            }
        });
        raw.forEach((name, value) -> {
            if (!LibpqNames.IDENTITY.contains(name) && !LibpqNames.VARIABLES.containsKey(name)) {
                query.add(encode(name) + "=" + encode(value));
            }
        });
        String login = encode(target.user())
                + target.password()
                        .map(password -> ":" + encode(password.reveal()))
                        .orElse("");
        String place = socket ? "localhost:" + target.endpoints().getFirst().port() : hosts();
        return "postgresql://" + login + "@" + place + "/" + encode(target.database()) + tail(query);
    }

    private String hosts() {
        return target.endpoints().stream()
                .map(each -> UrlWriter.hostAndPort(each))
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static String tail(List<String> query) {
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private static String encode(String value) {
        return PercentEncoding.encode(value).replace("/", "%2F");
    }
}
