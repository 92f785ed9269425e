package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of contents of an archive.
 *
 * @param serverVersion version of the server it came from
 * @param dumpVersion version of pg_dump that made it
 * @param database name of the database
 * @param entries all entries in restore order
 * @param largeObjects how many large objects it defines; 0 where the layout does not tell
 * @param hidingFromOwner tables with row security that holds for their owner too; none where the layout does not tell
 */
public record ArchiveListing(
        Optional<String> serverVersion,
        Optional<String> dumpVersion,
        Optional<String> database,
        List<Entry> entries,
        long largeObjects,
        Set<TableName> hidingFromOwner) {

    /**
     * The types that come last, as pg_restore has it: rights, since they may take away what is needed on the way, what
     * is computed from rows, and what happens at every change.
     */
    private static final Set<String> LATE =
            Set.of("ACL", "DEFAULT ACL", "ACL LANGUAGE", "EVENT TRIGGER", "MATERIALIZED VIEW DATA", "STATISTICS DATA");

    /** The phases of a load, in their order. */
    public enum Phase {
        BEFORE,
        ROWS,
        AFTER,
        /** Rights, then what is computed from rows, and event triggers. */
        LAST
    }

    /**
     * One entry of the listing. Names are exactly what the catalog had, with spaces, quotes and line breaks as they
     * are.
     *
     * @param id number that {@code --use-list} takes
     * @param type for instance {@code TABLE DATA}
     * @param schema empty where the entry lies in none
     * @param name name of the object; for parts of a table its name, a space and theirs
     * @param owner empty where nobody owns it
     * @param table the table that a constraint, default, trigger, rule or policy is part of
     * @param file the file in a folder or a tar file that holds its rows
     * @param dependsOn ids of entries that must be restored before it
     * @param section when it is restored; empty where the listing does not tell
     * @param tablespace where it lies; empty for the default one, or where the listing does not tell
     */
    public record Entry(
            int id,
            String type,
            String schema,
            String name,
            String owner,
            Optional<TableName> table,
            Optional<String> file,
            Set<Integer> dependsOn,
            Optional<Section> section,
            String tablespace) {
        /** An entry in the default tablespace. */
        public Entry(
                int id,
                String type,
                String schema,
                String name,
                String owner,
                Optional<TableName> table,
                Optional<String> file,
                Set<Integer> dependsOn,
                Optional<Section> section) {
            this(id, type, schema, name, owner, table, file, dependsOn, section, "");
        }

        /** The line for {@code --use-list}, which reads no more of it than the number. */
        public String line() {
            return id + ";";
        }

        /** Whether it is one of these tables, or a part of it, rows included. */
        public boolean belongsTo(Set<TableName> tables) {
            return table.filter(tables::contains).isPresent() || tables.contains(named());
        }

        /** The phase of a load to which it belongs; empty where the listing does not tell. */
        public Optional<Phase> phase() {
            boolean event = type.equals("COMMENT") && name.startsWith("EVENT TRIGGER ");
            return section.map(each -> event || LATE.contains(type)
                    ? Phase.LAST
                    : switch (each) {
                        case PRE_DATA -> Phase.BEFORE;
                        case DATA -> Phase.ROWS;
                        case POST_DATA -> Phase.AFTER;
                    });
        }

        /** Schema and name. */
        public TableName named() {
            return new TableName(schema, name);
        }

        /** The entry for people, as {@code pg_restore --list} prints it: type, schema, name and owner in one line. */
        public String describe() {
            String text = type + "  " + (schema.isEmpty() ? "-" : schema) + " " + name + " " + owner;
            return text.replace('\n', ' ').replace('\r', ' ').stripTrailing();
        }
    }

    /**
     * The statements that make an entry.
     *
     * @param type for instance {@code FK CONSTRAINT}
     * @param name schema (empty where it lies in none) and name, as in {@link Entry}
     * @param table the table that it is part of
     * @param sql the statements, as pg_dump wrote them; empty for rows
     */
    public record Definition(String type, TableName name, Optional<TableName> table, String sql) {}

    /** The part of a restore to which an entry belongs. */
    public enum Section {
        /** The part before the rows. */
        PRE_DATA,
        /** Rows, large objects, values of sequences. */
        DATA,
        /** The part that is better made when the rows are there. */
        POST_DATA
    }

    /**
     * Chosen entries in their order as a file for {@code --use-list}, which reads no more of a line than the number.
     */
    public static byte[] useList(Collection<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.line() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the table of contents that an archive begins with.
     *
     * @param archive the archive in the custom format, from its first byte
     * @return empty when its layout is one that only its own pg_restore knows
     * @throws IOException when it is cut off or makes no sense
     */
    public static Optional<ArchiveListing> read(InputStream archive) throws IOException {
        return ArchiveToc.read(archive);
    }

    /**
     * Reads the statements in the table of contents, in restore order.
     *
     * @param archive the archive in the custom format, from its first byte
     * @return empty when its layout is one that only its own pg_restore knows
     * @throws IOException when it is cut off or makes no sense
     */
    public static Optional<List<Definition>> definitions(InputStream archive) throws IOException {
        return ArchiveToc.definitions(archive);
    }

    /** The tables that these entries define. */
    public Set<TableName> tables(Set<Integer> ids) {
        return entries.stream()
                .filter(entry -> entry.type().equals("TABLE") && ids.contains(entry.id()))
                .map(Entry::named)
                .collect(Collectors.toSet());
    }

    /** Entries of a phase of a load, in their order. */
    public static List<Entry> in(Phase phase, Collection<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.phase().filter(phase::equals).isPresent())
                .toList();
    }

    /** Entries of a type. */
    public List<Entry> ofType(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).toList();
    }
}
