package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
    /** Entries that depend on nothing but what they belong to. */
    private static final Set<String> FOLLOWING = Set.of(
            "COMMENT",
            "ACL",
            "SECURITY LABEL",
            "SEQUENCE",
            "SEQUENCE OWNED BY",
            "STATISTICS DATA",
            "TABLE ATTACH",
            "INDEX ATTACH");
    /** Entries that make one object part of another. */
    private static final List<String> ATTACHMENTS = List.of("TABLE ATTACH", "INDEX ATTACH");
    /** Entries that belong to a table they depend on; they may depend on functions and types too. */
    private static final Set<String> ON_TABLE = Set.of("INDEX", "STATISTICS", "PUBLICATION TABLE");
    /** Entries of the same name as the object whose content they are. */
    private static final Set<String> CONTENT = Set.of("TABLE DATA", "MATERIALIZED VIEW DATA", "SEQUENCE SET");
    /** The types that entries can be part of, or be the content of. */
    private static final Set<String> HOLDERS =
            Set.of("TABLE", "FOREIGN TABLE", "VIEW", "MATERIALIZED VIEW", "SEQUENCE");
    /** The types that a table may need before it can be created. */
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
    private final Map<Integer, Entry> byId = new HashMap<>();
    private final Set<Integer> chosen = new HashSet<>();
    /** Chosen tables, views and sequences. */
    private final Set<TableName> holders = new HashSet<>();

    private ListSelection(ArchiveListing listing) {
        this.listing = listing;
        listing.entries().forEach(entry -> byId.put(entry.id(), entry));
    }

    /**
     * Chooses the entries of tables and schemas.
     *
     * @param tables patterns of tables, views and sequences
     * @param schemas patterns of schemas, chosen whole
     * @param foundations whether what they depend on (types, functions, schemas) is chosen too, and partitions stay
     *     tables of their own where the partitioned table is not chosen: for an empty target
     */
    public static List<Entry> choose(
            ArchiveListing listing, List<NamePattern> tables, List<NamePattern> schemas, boolean foundations) {
        ListSelection selection = new ListSelection(listing);
        selection.chooseNamed(tables, schemas);
        selection.follow();
        if (foundations) {
            selection.chooseFoundations();
            selection.dropLooseAttachments();
        }
        return listing.entries().stream()
                .filter(entry -> selection.chosen.contains(entry.id()))
                .toList();
    }

    /** Partitions among the chosen that do not become part of a table, since that one was not chosen. */
    public static List<TableName> detached(ArchiveListing listing, List<Entry> chosen) {
        Set<TableName> tables = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (Entry entry : chosen) {
            ids.add(entry.id());
            if (HOLDERS.contains(entry.type())) {
                tables.add(entry.named());
            }
        }
        return listing.ofType("TABLE ATTACH").stream()
                .filter(attach -> tables.contains(attach.named()) && !ids.contains(attach.id()))
                .map(Entry::named)
                .toList();
    }

    private void chooseNamed(List<NamePattern> tables, List<NamePattern> schemas) {
        for (Entry entry : listing.entries()) {
            boolean named = tables.stream().anyMatch(pattern -> isNamed(entry, pattern));
            boolean inSchema = schemas.stream().anyMatch(pattern -> isInSchema(entry, pattern));
            if (named || inSchema) {
                choose(entry);
            }
        }
    }

    private boolean choose(Entry entry) {
        if (HOLDERS.contains(entry.type())) {
            holders.add(entry.named());
        }
        return chosen.add(entry.id());
    }

    private static boolean isNamed(Entry entry, NamePattern pattern) {
        return TABLE_LIKE.contains(entry.type())
                ? pattern.matches(entry.named())
                : entry.table().filter(pattern::matches).isPresent();
    }

    private static boolean isInSchema(Entry entry, NamePattern pattern) {
        return pattern.matchesName(entry.type().equals("SCHEMA") ? entry.name() : entry.schema());
    }

    /** Adds what belongs to the chosen, until nothing is added any more. */
    private void follow() {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Entry entry : listing.entries()) {
                if (!chosen.contains(entry.id()) && belongs(entry)) {
                    grown |= choose(entry);
                }
            }
            grown |= chooseAttached() | chooseOwnedSequences();
        }
    }

    private boolean belongs(Entry entry) {
        if (CONTENT.contains(entry.type())) {
            return holders.contains(entry.named());
        }
        if (entry.table().isPresent()) {
            return holders.contains(entry.table().get());
        }
        return FOLLOWING.contains(entry.type()) && entry.dependsOn().stream().anyMatch(chosen::contains)
                || ON_TABLE.contains(entry.type()) && dependencies(entry).anyMatch(this::isChosenHolder);
    }

    private boolean isChosenHolder(Entry entry) {
        return chosen.contains(entry.id()) && HOLDERS.contains(entry.type());
    }

    private Stream<Entry> dependencies(Entry entry) {
        return entry.dependsOn().stream().map(byId::get).filter(Objects::nonNull);
    }

    /** A partition comes with its root: TABLE ATTACH depends on both, and bears the name of the partition. */
    private boolean chooseAttached() {
        boolean grown = false;
        for (Entry attach : listing.ofType("TABLE ATTACH")) {
            if (chosen.contains(attach.id())) {
                for (Entry table : dependencies(attach).toList()) {
                    grown |= table.named().equals(attach.named()) && choose(table);
                }
            }
        }
        return grown;
    }

    private boolean chooseOwnedSequences() {
        boolean grown = false;
        for (Entry owned : listing.ofType("SEQUENCE OWNED BY")) {
            if (chosen.contains(owned.id())) {
                for (Entry sequence : dependencies(owned).toList()) {
                    grown |= sequence.type().equals("SEQUENCE") && choose(sequence);
                }
            }
        }
        return grown;
    }

    private void chooseFoundations() {
        List<Integer> open = new ArrayList<>(chosen);
        while (!open.isEmpty()) {
            Entry entry = byId.get(open.removeLast());
            if (entry != null) {
                for (Entry needed : dependencies(entry).toList()) {
                    if (FOUNDATIONS.contains(needed.type()) && chosen.add(needed.id())) {
                        open.add(needed.id());
                    }
                }
            }
        }
        chooseSchemasOfChosen();
    }

    /** A partition or its index cannot be attached where nothing is to attach it to. */
    private void dropLooseAttachments() {
        for (String type : ATTACHMENTS) {
            for (Entry attach : listing.ofType(type)) {
                if (!dependencies(attach).allMatch(needed -> chosen.contains(needed.id()))) {
                    chosen.remove(attach.id());
                }
            }
        }
    }

    private void chooseSchemasOfChosen() {
        Set<String> used = new HashSet<>();
        for (Entry entry : listing.entries()) {
            if (chosen.contains(entry.id())) {
                used.add(entry.schema());
            }
        }
        for (Entry schema : listing.ofType("SCHEMA")) {
            if (used.contains(schema.name())) {
                chosen.add(schema.id());
            }
        }
    }
}
