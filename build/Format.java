import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Formats every Java source of the project in palantir style, or with {@code check} only names the files that differ
 * and fails. The build runs it by itself, on the JDK that compiles, because the formatter reads sources with that JDK's
 * own parser. Files that have not changed since the last run (a stamp in the target folder) are left alone.
 *
 * <p>{@code java --class-path <formatter> build/Format.java write|check <stamp> <folder>…}
 */
final class Format {
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    public static void main(String[] args) throws IOException {
        List<String> rest = new ArrayList<>(List.of(args));
        boolean check = rest.removeFirst().equals("check");
        Path stamp = Path.of(rest.removeFirst());
        List<Path> sources = changedSince(check ? Long.MIN_VALUE : lastRun(stamp), rest);
        List<Path> different = new Format().differing(sources, check);
        if (check && !different.isEmpty()) {
            System.err.println("Not formatted: " + different + "; run \"mvn process-sources\", which formats them.");
            System.exit(1);
        }
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, "");
    }

    private static long lastRun(Path stamp) throws IOException {
        return Files.exists(stamp) ? Files.getLastModifiedTime(stamp).toMillis() : Long.MIN_VALUE;
    }

    private static List<Path> changedSince(long time, List<String> folders) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : folders) {
            if (!Files.isDirectory(Path.of(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file :
                        (Iterable<Path>) files.filter(it -> it.toString().endsWith(".java"))::iterator) {
                    if (Files.getLastModifiedTime(file).toMillis() >= time) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private List<Path> differing(List<Path> sources, boolean check) throws IOException {
        List<Path> different = new ArrayList<>();
        for (Path source : sources) {
            String before = Files.readString(source);
            Optional<String> after = formatted(source, before);
            if (after.isPresent() && after.get().equals(before)) {
                continue;
            }
            different.add(source);
            if (!check && after.isPresent()) {
                Files.writeString(source, after.get());
                System.out.println("Formatted " + source);
            }
        }
        return different;
    }

    /**
     * Empty for a file that the formatter does not understand. When the compiler takes it all the same, it holds one of
     * the two newer spellings the formatter lacks: write {@code A(var _)} for {@code A(_)}, and import classes instead
     * of modules.
     */
    private Optional<String> formatted(Path source, String text) {
        try {
            String unix = text.replace("\r\n", "\n");
            String ordered = ImportOrderer.reorderImports(unix, JavaFormatterOptions.Style.PALANTIR);
            return Optional.of(formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered)));
        } catch (FormatterException e) {
            System.err.println("The formatter does not understand " + source + ":" + e.getMessage());
            return Optional.empty();
        }
    }
}
