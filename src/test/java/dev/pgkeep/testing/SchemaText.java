package dev.pgkeep.testing;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A database's schema as {@code pg_dump --schema-only} prints it, without the lines that differ from run to run or from
 * one pg_dump to the next.
 *
 * @param text one entry after the other, as pg_dump orders them
 */
public record SchemaText(String text) {
    private static final Pattern NOISE = Pattern.compile(
            "^(\\\\(un)?restrict .*|-- Dumped (from|by) .*|SET transaction_timeout = .*)\\R", Pattern.MULTILINE);
    private static final Pattern ENTRY = Pattern.compile("(?m)^(?=--\\n-- Name: )");

    public SchemaText {
        text = NOISE.matcher(text).replaceAll("");
    }

    /**
     * Runs pg_dump and reads what it prints.
     *
     * @param environment PGHOST, PGPORT, PGUSER, PGPASSWORD and what else the connection takes
     * @param options more options for pg_dump, such as {@code --no-owner}
     */
    public static SchemaText of(Path pgDump, Map<String, String> environment, String database, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(pgDump.toString(), "--schema-only", "--dbname=" + database));
        command.addAll(List.of(options));
        var errors = Files.createTempFile("pg_dump", ".err");
        try {
            var builder = new ProcessBuilder(command).redirectError(Redirect.to(errors.toFile()));
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("pg_dump --schema-only: " + Files.readString(errors));
            }
            return new SchemaText(text);
        } finally {
            Files.delete(errors);
        }
    }

    /**
     * The entries that are not in both, each with a {@code -} (only here) or {@code +} (only there) before its lines;
     * empty when the schemas are the same. The order of entries does not count: among equals pg_dump goes by internal
     * numbers.
     */
    public String difference(SchemaText other) {
        var here = entries();
        var there = other.entries();
        var onlyHere = new ArrayList<>(here);
        there.forEach(onlyHere::remove);
        var onlyThere = new ArrayList<>(there);
        here.forEach(onlyThere::remove);
        return marked("- ", onlyHere) + marked("+ ", onlyThere);
    }

    private List<String> entries() {
        return ENTRY.splitAsStream(text).map(String::strip).toList();
    }

    private static String marked(String mark, List<String> entries) {
        return entries.stream()
                .flatMap(String::lines)
                .map(line -> mark + line + "\n")
                .collect(Collectors.joining());
    }
}
