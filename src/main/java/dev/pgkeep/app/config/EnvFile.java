package dev.pgkeep.app.config;

import dev.pgkeep.app.trust.NamedProgram;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.secret.KnownSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One {@code .env} file and the variables in it.
 *
 * @param name as people call it
 * @param path absolute
 * @param unknown names of others that nobody sets, by the variable whose value refers to one
 */
record EnvFile(String name, Path path, Map<String, String> values, Map<String, String> unknown) {
    /** The files that exist of those named, looked for in the working directory, then beside {@code pgkeep.toml}. */
    static List<EnvFile> readAll(
            List<String> names, List<Path> folders, Map<String, String> environment, Trust trust, Problems problems) {
        var paths = new LinkedHashSet<Path>();
        for (String name : names) {
            for (Path folder : folders) {
                Path path = folder.resolve(name).normalize();
                if (Files.isRegularFile(path)) {
                    paths.add(path);
                    break;
                }
            }
        }
        var files = new ArrayList<EnvFile>();
        for (Path path : paths) {
            String name = shortName(path, folders.getFirst());
            try {
                files.add(read(path, name, environment, trust));
            } catch (IOException e) {
                problems.add(name + ": cannot be read; check its rights, or take it out of env-files");
            }
        }
        return files;
    }

    /** @throws dev.pgkeep.base.error.PgkeepException CONFIG_UNTRUSTED */
    static EnvFile read(Path path, String name, Map<String, String> environment, Trust trust) throws IOException {
        DotEnv.Content content = DotEnv.parse(content(trust.read(path)), environment);
        EnvFile file = new EnvFile(name, path, content.values(), content.unknown());
        KnownSecrets.learn(file.values);
        for (Key key : Keys.ALL) {
            for (String variable : key.variables()) {
                Optional.ofNullable(file.values.get(variable))
                        .filter(value -> key.runs(List.of(value)))
                        .ifPresent(value ->
                                trust.named(new NamedProgram(path, key.name(), value, variable + " in " + name)));
            }
        }
        return file;
    }

    /** Relative to the working directory where that is short. */
    static String shortName(Path path, Path workingDirectory) {
        Path relative = workingDirectory.relativize(path);
        return relative.getNameCount() > 4 || relative.startsWith(Path.of("..", "..", ".."))
                ? path.toString()
                : relative.toString();
    }

    private static String content(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? new String(bytes, StandardCharsets.ISO_8859_1) : text;
    }

    /**
     * The problem of a variable whose value refers to one that nobody sets. It may as well be a piece of a password, so
     * it is named only where it is written as names of variables are.
     */
    Optional<String> problem(String variable) {
        return Optional.ofNullable(unknown.get(variable))
                .map(other -> variable + " in " + name + ": refers to "
                        + (other.matches("[A-Z][A-Z0-9_]*") ? "$" + other : "a variable")
                        + ", which is not set; a dollar sign that means itself is written \\$, or in single quotes");
    }

    /** Prints names only: values may be secret. */
    @Override
    public String toString() {
        return "EnvFile[" + name + ", " + values.keySet() + "]";
    }
}
