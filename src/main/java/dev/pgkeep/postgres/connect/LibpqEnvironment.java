package dev.pgkeep.postgres.connect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The environment of a child process that uses libpq.
 *
 * @param set variables to set; may hold {@code PGPASSWORD}, so it is never printed
 * @param unset variables of the parent that the child must not see
 */
public record LibpqEnvironment(Map<String, String> set, Set<String> unset) {
    /**
     * The files where systems keep the certificates they trust: libpq before 16 does not know
     * {@code sslrootcert=system}.
     */
    private static final List<Path> SYSTEM_ROOTS = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    public LibpqEnvironment {
        set = Collections.unmodifiableMap(new TreeMap<>(set));
        unset = Collections.unmodifiableSet(new TreeSet<>(unset));
    }

    static LibpqEnvironment of(Target target) {
        Map<String, String> set = new TreeMap<>();
        set.put("PGHOST", joined(target, Endpoint::host));
        set.put("PGPORT", joined(target, endpoint -> Integer.toString(endpoint.port())));
        if (target.endpoints().stream().anyMatch(endpoint -> endpoint.address().isPresent())) {
            set.put("PGHOSTADDR", joined(target, endpoint -> endpoint.address().orElse("")));
        }
        set.put("PGDATABASE", target.database());
        set.put("PGUSER", target.user());
        target.password().ifPresent(password -> set.put("PGPASSWORD", password.reveal()));
        target.parameters().forEach((name, value) -> {
            String variable = switch (name) {
                case "passfile" -> "PGPASSFILE";
                case Target.ENCODING -> "PGCLIENTENCODING";
                default -> LibpqNames.VARIABLES.get(name);
            };
            if (variable != null) {
                set.put(variable, name.equals("sslrootcert") ? rootCertificates(value) : value);
            }
        });
        Set<String> unset = new TreeSet<>(LibpqNames.UNWANTED);
        unset.addAll(LibpqNames.VARIABLES.values());
        unset.addAll(LibpqNames.IDENTITY_VARIABLES.values());
        unset.removeAll(set.keySet());
        return new LibpqEnvironment(set, unset);
    }

    /** Changes the environment of a process about to start, as {@link ProcessBuilder#environment()} gives it. */
    public void applyTo(Map<String, String> environment) {
        environment.keySet().removeAll(unset);
        environment.putAll(set);
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "LibpqEnvironment[set=" + set.keySet() + "]";
    }

    private static String rootCertificates(String value) {
        return value.equals("system")
                ? SYSTEM_ROOTS.stream()
                        .filter(Files::isReadable)
                        .findFirst()
                        .map(Path::toString)
                        .orElse(value)
                : value;
    }

    private static String joined(Target target, Function<Endpoint, String> part) {
        return target.endpoints().stream().map(part).collect(Collectors.joining(","));
    }
}
