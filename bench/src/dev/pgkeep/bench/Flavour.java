package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A kind of pgkeep, as users start it.
 *
 * @param program what is started
 * @param environment what makes the launcher choose this kind
 */
record Flavour(Kind kind, Path program, Map<String, String> environment) {
    /** The word of {@code --with}. */
    enum Kind {
        JVM("JVM"),
        NATIVE("native");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /**
     * Those that are asked for, or both where there is a native executable that the launcher takes.
     *
     * @param note told why something else is measured than one might think
     * @throws IllegalStateException when the native executable is asked for and does not exist
     */
    static List<Flavour> chosen(Options options, Consumer<String> note) throws IOException {
        List<Flavour> chosen = new ArrayList<>();
        if (options.with().isEmpty() || options.with().contains(Kind.JVM)) {
            chosen.add(jvm(options.root()));
        }
        if (options.with().isEmpty() || options.with().contains(Kind.NATIVE)) {
            addNative(options, chosen, note);
        }
        return chosen;
    }

    static Flavour jvm(Path root) {
        return new Flavour(Kind.JVM, root.resolve("pgkeep"), Map.of("PGKEEP_JVM", "1"));
    }

    private static void addNative(Options options, List<Flavour> chosen, Consumer<String> note) throws IOException {
        Path executable = options.root().resolve("target/native/pgkeep");
        boolean asked = options.with().contains(Kind.NATIVE);
        if (!Files.isExecutable(executable)) {
            if (asked) {
                throw new IllegalStateException("there is no native executable at " + executable);
            }
            note.accept("no native executable in target/native: only the JVM is measured");
        } else if (launcherTakesIt(options.root())) {
            chosen.add(new Flavour(Kind.NATIVE, options.root().resolve("pgkeep"), Map.of()));
        } else if (asked) {
            note.accept("the launcher does not take target/native/pgkeep, which is not of these sources:"
                    + " it is started directly");
            chosen.add(new Flavour(Kind.NATIVE, executable, Map.of()));
        } else {
            note.accept("target/native/pgkeep is not of these sources: only the JVM is measured");
        }
    }

    /** It says of itself what it is. */
    private static boolean launcherTakesIt(Path root) throws IOException {
        var builder = new ProcessBuilder(root.resolve("pgkeep").toString(), "version").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PGKEEP_"));
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .contains("native executable");
    }
}
