package dev.pgkeep.dump;

import dev.pgkeep.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of contents of an archive, as {@code pg_restore --list --verbose} prints it.
 *
 * @param serverVersion version of the server it came from
 * @param dumpVersion version of pg_dump that made it
 * @param database name of the database
 * @param entries all entries in restore order
 */
public record ArchiveListing(
        Optional<String> serverVersion, Optional<String> dumpVersion, Optional<String> database, List<Entry> entries) {
    private static final Pattern ENTRY = Pattern.compile("(\\d+); (\\d+) (\\d+) (.*)");
    /** Types whose names hold a space; a type is otherwise one word. */
    private static final List<String> LONG_TYPES = List.of(
            "TABLE DATA",
            "TABLE ATTACH",
            "SEQUENCE SET",
            "SEQUENCE OWNED BY",
            "MATERIALIZED VIEW DATA",
            "MATERIALIZED VIEW",
            "FK CONSTRAINT",
            "CHECK CONSTRAINT",
            "INDEX ATTACH",
            "EVENT TRIGGER",
            "DEFAULT ACL",
            "DATABASE PROPERTIES",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "ACCESS METHOD",
            "FOREIGN DATA WRAPPER",
            "FOREIGN TABLE",
            "FOREIGN SERVER",
            "USER MAPPING",
            "ROW SECURITY",
            "TEXT SEARCH PARSER",
            "TEXT SEARCH DICTIONARY",
            "TEXT SEARCH TEMPLATE",
            "TEXT SEARCH CONFIGURATION",
            "PUBLICATION TABLES IN SCHEMA",
            "PUBLICATION TABLE",
            "SUBSCRIPTION TABLE",
            "SHELL TYPE",
            "PROCEDURAL LANGUAGE",
            "SECURITY LABEL",
            "STATISTICS DATA",
            "LARGE OBJECT",
            "BLOB METADATA",
            "BLOB COMMENTS");

    /**
     * One entry.
     *
     * @param id number that {@code --use-list} takes
     * @param type for instance {@code TABLE DATA}
     * @param rest schema, name and owner, separated by spaces; ambiguous where names hold spaces
     * @param line the whole line, as {@code --use-list} takes it
     * @param dependsOn ids of entries that must be restored before it
     */
    public record Entry(int id, String type, String rest, String line, Set<Integer> dependsOn) {
        /** Whether the entry lies in that schema. */
        public boolean isInSchema(String schema) {
            return rest.startsWith(printed(schema) + " ");
        }

        /** Whether the entry is of that schema and name; names with line breaks are printed with spaces. */
        public boolean isNamed(TableName table) {
            return (rest + " ").startsWith(printed(table.schema()) + " " + printed(table.name()) + " ");
        }

        private static String printed(String name) {
            return name.replace('\n', ' ').replace('\r', ' ');
        }
    }

    /** Entries of a type. */
    public List<Entry> ofType(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).toList();
    }

    static ArchiveListing parse(List<String> lines) {
        Optional<String> server = Optional.empty();
        Optional<String> dump = Optional.empty();
        Optional<String> database = Optional.empty();
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.matches()) {
                entries.add(entry(matcher, line));
            } else if (line.startsWith(";\tdepends on:") && !entries.isEmpty()) {
                entries.add(withDependencies(entries.removeLast(), line));
            } else if (line.startsWith(";")) {
                server = server.or(() -> after(line, "Dumped from database version: "));
                dump = dump.or(() -> after(line, "Dumped by pg_dump version: "));
                database = database.or(() -> after(line, "dbname: "));
            }
        }
        return new ArchiveListing(server, dump, database, List.copyOf(entries));
    }

    private static Entry entry(Matcher matcher, String line) {
        String text = matcher.group(4);
        String type = LONG_TYPES.stream()
                .filter(known -> text.startsWith(known + " "))
                .findFirst()
                .orElseGet(() -> text.substring(0, Math.max(0, text.indexOf(' '))));
        String rest = text.substring(Math.min(text.length(), type.length() + 1));
        return new Entry(Integer.parseInt(matcher.group(1)), type, rest, line, Set.of());
    }

    private static Entry withDependencies(Entry entry, String line) {
        Set<Integer> ids = new TreeSet<>();
        for (String id : line.substring(line.indexOf(':') + 1).strip().split("\\s+")) {
            ids.add(Integer.valueOf(id));
        }
        return new Entry(entry.id(), entry.type(), entry.rest(), entry.line(), ids);
    }

    private static Optional<String> after(String line, String label) {
        int at = line.indexOf(label);
        return at < 0
                ? Optional.empty()
                : Optional.of(line.substring(at + label.length()).strip());
    }
}
