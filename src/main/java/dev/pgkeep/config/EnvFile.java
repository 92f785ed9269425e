package dev.pgkeep.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * One {@code .env} file.
 *
 * @param name as people call it
 */
record EnvFile(String name, Map<String, String> values) {
    /** The files that exist of those named, looked for in the working directory, then beside {@code pgkeep.toml}. */
    static List<EnvFile> readAll(
            List<String> names, List<Path> folders, Map<String, String> environment, Problems problems) {
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
                files.add(new EnvFile(name, DotEnv.parse(content(path), environment)));
            } catch (IOException e) {
                problems.add(name + ": cannot be read; check its rights, or take it out of env-files");
            }
        }
        return files;
    }

    /** Relative to the working directory where that is short. */
    static String shortName(Path path, Path workingDirectory) {
        Path relative = workingDirectory.relativize(path);
        return relative.getNameCount() > 4 || relative.startsWith(Path.of("..", "..", ".."))
                ? path.toString()
                : relative.toString();
    }

    private static String content(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? new String(bytes, StandardCharsets.ISO_8859_1) : text;
    }

    /** Only names: values may be secret. */
    @Override
    public String toString() {
        return "EnvFile[" + name + ", " + values.keySet() + "]";
    }
}
