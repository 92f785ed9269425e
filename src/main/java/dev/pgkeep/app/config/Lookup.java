package dev.pgkeep.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds a key's value in the strongest source that has one.
 *
 * @param chosen what the profile says that was asked for by name; empty when none was
 * @param common what the file says, a default profile's values over those for everybody
 * @param folder what relative paths outside the file are relative to, other than those of flags and environment
 * @param preferDirect whether {@code DIRECT_URL} goes before {@code DATABASE_URL}
 */
record Lookup(
        Sources sources,
        Map<Key, Found> chosen,
        Map<Key, Found> common,
        List<EnvFile> envFiles,
        Path folder,
        boolean preferDirect) {

    /** A lookup in flags and environment alone, before a file was read. */
    static Lookup withoutFiles(Sources sources) {
        return new Lookup(sources, Map.of(), Map.of(), List.of(), sources.workingDirectory(), true);
    }

    Optional<Found> find(Key key) {
        return fromFlags(key)
                .or(() -> Optional.ofNullable(chosen.get(key)))
                .or(() -> fromEnvironment(key))
                .or(() -> Optional.ofNullable(common.get(key)))
                .or(() -> fromEnvFiles(key));
    }

    /** A variable that a text refers to. */
    Optional<String> variable(String name) {
        return value(sources.environment(), name)
                .or(() -> envFiles.stream()
                        .flatMap(file -> value(file.values(), name).stream())
                        .findFirst());
    }

    /**
     * What is wrong with the variable of a file that a key is found in, or would be if what it refers to were set: it
     * is not passed over then, since what is found elsewhere may be another database.
     */
    Optional<String> problem(Key key, Optional<Found> found) {
        if (found.filter(each -> each.level() != Found.Level.ENV_FILE).isPresent()) {
            return Optional.empty();
        }
        return envFiles.stream()
                .flatMap(file -> names(key).stream()
                        .filter(name -> value(file.values(), name).isPresent()
                                || file.problem(name).isPresent())
                        .map(file::problem))
                .findFirst()
                .flatMap(problem -> problem);
    }

    private Optional<Found> fromFlags(Key key) {
        String shown = key == Keys.REPOSITORY
                ? "--repo"
                : "--" + key.name().substring(key.name().indexOf('.') + 1);
        return value(sources.flags(), key.name())
                .map(text -> Found.text(text, shown, Found.Level.FLAG, sources.workingDirectory()));
    }

    private Optional<Found> fromEnvironment(Key key) {
        return fromVariables(key, sources.environment(), name -> name + " in the environment", Found.Level.ENVIRONMENT);
    }

    private Optional<Found> fromEnvFiles(Key key) {
        return envFiles.stream()
                .flatMap(file ->
                        fromVariables(key, file.values(), name -> name + " in " + file.name(), Found.Level.ENV_FILE)
                                .map(found -> found.in(file.path()))
                                .stream())
                .findFirst();
    }

    private Optional<Found> fromVariables(
            Key key, Map<String, String> variables, UnaryOperator<String> origin, Found.Level level) {
        Path base = level == Found.Level.ENV_FILE ? folder : sources.workingDirectory();
        return names(key).stream()
                .flatMap(name ->
                        value(variables, name).map(text -> Found.text(text, origin.apply(name), level, base)).stream())
                .findFirst();
    }

    private List<String> names(Key key) {
        var names = new ArrayList<>(key.variables());
        if (key == Keys.URL && !preferDirect) {
            Collections.reverse(names.subList(1, names.size()));
        }
        return names;
    }

    /** A variable that is set to nothing is not set. */
    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }
}
