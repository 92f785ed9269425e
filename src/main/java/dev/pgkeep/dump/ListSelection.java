package dev.pgkeep.dump;

import dev.pgkeep.dump.ArchiveListing.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the entries of an archive that belong to some tables or schemas: a table with its rows, defaults,
 * constraints, indexes, triggers, policies, comments and rights, its partitions, and the sequences that it owns.
 * pg_restore's own {@code --table} leaves all of those out.
 */
public final class ListSelection {
    private static final Set<String> TABLE_LIKE = Set.of(
            "TABLE",
            "TABLE DATA",
            "FOREIGN TABLE",
            "VIEW",
            "MATERIALIZED VIEW",
            "MATERIALIZED VIEW DATA",
            "SEQUENCE",
            "SEQUENCE SET");
    /** Entries whose name begins with the name of their table. */
    private static final Set<String> OF_TABLE = Set.of(
            "CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "DEFAULT", "TRIGGER", "RULE", "POLICY", "ROW SECURITY");
    /** Entries that belong to whatever they depend on. */
    private static final Set<String> FOLLOWING = Set.of(
            "INDEX",
            "INDEX ATTACH",
            "TABLE ATTACH",
            "COMMENT",
            "ACL",
            "SEQUENCE OWNED BY",
            "STATISTICS",
            "STATISTICS DATA",
            "PUBLICATION TABLE",
            "SECURITY LABEL");
    /** What a table may need before it can be created. */
    private static final Set<String> FOUNDATIONS = Set.of(
            "SCHEMA",
            "TYPE",
            "DOMAIN",
            "FUNCTION",
            "EXTENSION",
            "COLLATION",
            "SEQUENCE",
            "SHELL TYPE",
            "OPERATOR",
            "OPERATOR CLASS",
            "OPERATOR FAMILY",
            "ACCESS METHOD",
            "AGGREGATE",
            "CAST");

    private final ArchiveListing listing;
    private final Set<Integer> chosen = new TreeSet<>();

    private ListSelection(ArchiveListing listing) {
        this.listing = listing;
    }

    /**
     * Chooses.
     *
     * @param tables patterns of tables, views and sequences
     * @param schemas patterns of schemas, chosen whole
     * @param foundations whether what they depend on (types, functions, schemas) is chosen too: for an empty target
     */
    public static List<Entry> choose(
            ArchiveListing listing, List<NamePattern> tables, List<NamePattern> schemas, boolean foundations) {
        ListSelection selection = new ListSelection(listing);
        selection.chooseNamed(tables, schemas);
        selection.follow();
        if (foundations) {
            selection.chooseFoundations();
        }
        return listing.entries().stream()
                .filter(entry -> selection.chosen.contains(entry.id()))
                .toList();
    }

    private void chooseNamed(List<NamePattern> tables, List<NamePattern> schemas) {
        for (Entry entry : listing.entries()) {
            boolean named = tables.stream().anyMatch(pattern -> isNamed(entry, pattern));
            boolean inSchema = schemas.stream().anyMatch(pattern -> isInSchema(entry, pattern));
            if (named || inSchema) {
                chosen.add(entry.id());
            }
        }
    }

    private static boolean isNamed(Entry entry, NamePattern pattern) {
        return TABLE_LIKE.contains(entry.type())
                ? pattern.matchesEntry(entry.rest(), false)
                : OF_TABLE.contains(entry.type()) && pattern.matchesEntry(entry.rest(), true);
    }

    private static boolean isInSchema(Entry entry, NamePattern pattern) {
        String[] words = entry.rest().split(" ", 3);
        return entry.type().equals("SCHEMA")
                ? words.length > 1 && pattern.matchesName(words[1])
                : pattern.matchesName(words[0]);
    }

    /** Adds what belongs to the chosen, until nothing is added any more. */
    private void follow() {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Entry entry : listing.entries()) {
                if (!chosen.contains(entry.id()) && belongs(entry)) {
                    chosen.add(entry.id());
                    grown |= true;
                }
            }
            grown |= chooseAttached() | chooseOwnedSequences();
        }
    }

    private boolean belongs(Entry entry) {
        boolean touches = entry.dependsOn().stream().anyMatch(chosen::contains);
        return touches
                && (FOLLOWING.contains(entry.type())
                        || OF_TABLE.contains(entry.type()) && isOfChosenTable(entry)
                        || entry.type().endsWith(" DATA")
                        || entry.type().startsWith("SEQUENCE"));
    }

    private boolean isOfChosenTable(Entry entry) {
        return tablesOf(entry).stream()
                .anyMatch(table ->
                        chosen.contains(table.id()) && entry.rest().startsWith(beforeOwner(table.rest()) + " "));
    }

    /** A partition comes with its root: TABLE ATTACH depends on both. */
    private boolean chooseAttached() {
        boolean grown = false;
        for (Entry entry : listing.ofType("TABLE ATTACH")) {
            if (chosen.contains(entry.id())) {
                for (Entry table : tablesOf(entry)) {
                    boolean isChild = entry.rest().startsWith(beforeOwner(table.rest()) + " ");
                    grown |= isChild && chosen.add(table.id());
                }
            }
        }
        return grown;
    }

    private boolean chooseOwnedSequences() {
        boolean grown = false;
        for (Entry entry : listing.ofType("SEQUENCE OWNED BY")) {
            if (chosen.contains(entry.id())) {
                for (Entry other : listing.ofType("SEQUENCE")) {
                    grown |= entry.dependsOn().contains(other.id()) && chosen.add(other.id());
                }
            }
        }
        return grown;
    }

    private void chooseFoundations() {
        List<Integer> open = new ArrayList<>(chosen);
        while (!open.isEmpty()) {
            int id = open.removeLast();
            for (Entry entry : listing.entries()) {
                if (entry.id() == id) {
                    for (Entry needed : listing.entries()) {
                        if (entry.dependsOn().contains(needed.id())
                                && FOUNDATIONS.contains(needed.type())
                                && chosen.add(needed.id())) {
                            open.add(needed.id());
                        }
                    }
                }
            }
        }
        chooseSchemasOfChosen();
    }

    private void chooseSchemasOfChosen() {
        for (Entry schema : listing.ofType("SCHEMA")) {
            String name = beforeOwner(schema.rest()).substring(2);
            if (listing.entries().stream().anyMatch(entry -> chosen.contains(entry.id()) && entry.isInSchema(name))) {
                chosen.add(schema.id());
            }
        }
    }

    private List<Entry> tablesOf(Entry entry) {
        return listing.ofType("TABLE").stream()
                .filter(table -> entry.dependsOn().contains(table.id()))
                .toList();
    }

    private static String beforeOwner(String rest) {
        int space = rest.lastIndexOf(' ');
        return space < 0 ? rest : rest.substring(0, space);
    }
}
