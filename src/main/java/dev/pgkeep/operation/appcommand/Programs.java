package dev.pgkeep.operation.appcommand;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;

/** Looks for programs where the system would. */
final class Programs {
    private Programs() {}

    static boolean exists(String program, CommandPlace place) {
        try {
            if (program.contains("/") || program.contains(File.separator)) {
                return Files.isExecutable(place.folder().resolve(program));
            }
            String path =
                    place.environment().getOrDefault("PATH", place.environment().getOrDefault("Path", ""));
            return path.isEmpty()
                    || program.equals("cmd")
                    || List.of(path.split(File.pathSeparator)).stream()
                            .map(folder -> place.folder().resolve(folder).resolve(program))
                            .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
