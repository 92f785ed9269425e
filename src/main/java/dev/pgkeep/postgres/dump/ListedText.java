package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of contents as {@code pg_restore --list --verbose} prints it: for archives whose layout {@link ArchiveToc}
 * does not know. Where names hold spaces, the first word is taken for the schema and the last for the owner.
 */
final class ListedText {
    private static final Pattern ENTRY = Pattern.compile("(\\d+); (\\d+) (\\d+) (.*)");
    /** Types are words in capitals, which schemas rarely are. */
    private static final Pattern TYPE = Pattern.compile("([A-Z]+(?: [A-Z]{2,})*) (.*)");

    private ListedText() {}

    static ArchiveListing parse(List<String> lines) {
        Optional<String> server = Optional.empty();
        Optional<String> dump = Optional.empty();
        Optional<String> database = Optional.empty();
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = ENTRY.matcher(line);
            if (matcher.matches()) {
                entries.add(entry(Integer.parseInt(matcher.group(1)), matcher.group(4)));
            } else if (line.startsWith(";\tdepends on:") && !entries.isEmpty()) {
                entries.add(withDependencies(entries.removeLast(), line));
            } else if (line.startsWith(";")) {
                server = server.or(() -> after(line, "Dumped from database version: "));
                dump = dump.or(() -> after(line, "Dumped by pg_dump version: "));
                database = database.or(() -> after(line, "dbname: "));
            }
        }
        return new ArchiveListing(server, dump, database, List.copyOf(entries), 0, Set.of());
    }

    private static Entry entry(int id, String text) {
        Matcher matcher = TYPE.matcher(text);
        String type = matcher.matches() ? matcher.group(1) : text;
        String rest = matcher.matches() ? matcher.group(2) : "";
        String[] words = rest.split(" ", 2);
        String schema = words[0].equals("-") ? "" : words[0];
        String more = words.length > 1 ? words[1] : "";
        int space = more.lastIndexOf(' ');
        String name = space < 0 ? more : more.substring(0, space);
        TableName table = new TableName(schema, name.split(" ", 2)[0]);
        return new Entry(
                id,
                type,
                schema,
                name,
                more.substring(space + 1),
                Optional.of(table).filter(each -> PartOfTable.isPart(type)),
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    private static Entry withDependencies(Entry entry, String line) {
        Set<Integer> ids = new TreeSet<>();
        for (String id : line.substring(line.indexOf(':') + 1).strip().split("\\s+")) {
            ids.add(Integer.valueOf(id));
        }
        return new Entry(
                entry.id(),
                entry.type(),
                entry.schema(),
                entry.name(),
                entry.owner(),
                entry.table(),
                entry.file(),
                ids,
                entry.section());
    }

    private static Optional<String> after(String line, String label) {
        int at = line.indexOf(label);
        return at < 0
                ? Optional.empty()
                : Optional.of(line.substring(at + label.length()).strip());
    }
}
