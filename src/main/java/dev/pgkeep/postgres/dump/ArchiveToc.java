package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table of contents that every archive begins with. {@code pg_restore --list} prints names without quotes and
 * separated by spaces, so that {@code a b c} may be a table of {@code b c} or of {@code c}; here each name stands by
 * itself. Source: ReadHead and ReadToc in pg_backup_archiver.c, which has grown by fields but never moved one.
 */
final class ArchiveToc {
    private static final int OLDEST = version(1, 10);
    private static final int NEWEST = version(1, 16);
    private static final int CUSTOM = 1;
    private static final int ROWS = 1;
    private static final int LARGE_OBJECTS = 3;
    /** Seconds, minutes, hours, day, month, year and daylight saving of its beginning. */
    private static final int DATE_FIELDS = 7;

    /** The statement that pg_dump puts behind a table's definition, at the beginning of a line. */
    private static final Pattern FORCES =
            Pattern.compile("^ALTER TABLE ONLY .* FORCE ROW LEVEL SECURITY;$", Pattern.MULTILINE);

    private final InputStream in;
    private int version;
    private int intBytes;
    private int offsetBytes;
    private boolean custom;

    private ArchiveToc(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a table of contents.
     *
     * @param in the archive from its first byte; for folders and tar files their {@code toc.dat}
     * @return empty when its layout is older or newer than what is known here
     * @throws IOException when it is cut off or makes no sense
     */
    static Optional<ArchiveListing> read(InputStream in) throws IOException {
        ArchiveToc toc = new ArchiveToc(in);
        return toc.readLayout() ? Optional.of(toc.readListing()) : Optional.empty();
    }

    private boolean readLayout() throws IOException {
        if (!new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("PGDMP")) {
            throw new IOException("it does not begin as an archive");
        }
        version = version(readByte(), readByte());
        readByte();
        intBytes = readByte();
        offsetBytes = readByte();
        custom = readByte() == CUSTOM;
        return version >= OLDEST && version <= NEWEST;
    }

    /** The name of the database, which stands in the head; empty where the layout is unknown. */
    static Optional<String> database(InputStream in) throws IOException {
        ArchiveToc toc = new ArchiveToc(in);
        return toc.readLayout()
                ? Optional.of(text(toc.readHead().get(0), StandardCharsets.UTF_8))
                        .filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    /** The definitions of entries, as far as they are made by statements. */
    static Optional<List<Definition>> definitions(InputStream in) throws IOException {
        ArchiveToc toc = new ArchiveToc(in);
        if (!toc.readLayout()) {
            return Optional.empty();
        }
        toc.readHead();
        List<Raw> raw = toc.readEntries();
        Charset charset = charset(raw);
        return Optional.of(raw.stream().map(each -> each.definition(charset)).toList());
    }

    /** The statements of entries as they are written. */
    static Optional<ArchiveStatements> statements(InputStream in) throws IOException {
        ArchiveToc toc = new ArchiveToc(in);
        if (!toc.readLayout()) {
            return Optional.empty();
        }
        toc.readHead();
        Map<Integer, byte[]> statements = new HashMap<>();
        Map<String, String> settings = new HashMap<>();
        for (Raw each : toc.readEntries()) {
            if (ArchiveStatements.SETTINGS.contains(each.type)) {
                settings.put(each.type, text(each.definition, StandardCharsets.US_ASCII));
            } else if (each.definition != null) {
                statements.put(each.id, each.definition);
            }
        }
        return Optional.of(new ArchiveStatements(settings, statements));
    }

    private ArchiveListing readListing() throws IOException {
        List<byte @Nullable []> head = readHead();
        List<Raw> raw = readEntries();
        Charset charset = charset(raw);
        return new ArchiveListing(
                Optional.of(text(head.get(1), charset).split(" ", 2)[0]).filter(found -> !found.isEmpty()),
                Optional.of(text(head.get(2), charset).split(" ", 2)[0]).filter(found -> !found.isEmpty()),
                Optional.of(text(head.get(0), charset)).filter(found -> !found.isEmpty()),
                entries(raw, charset),
                raw.stream().mapToLong(Raw::largeObjects).sum(),
                hidingFromOwner(raw, charset));
    }

    /** Database, and the versions of server and pg_dump. */
    private List<byte @Nullable []> readHead() throws IOException {
        if (version >= version(1, 15)) {
            readByte();
        } else {
            readInt();
        }
        for (int i = 0; i < DATE_FIELDS; i++) {
            readInt();
        }
        List<byte @Nullable []> head = new ArrayList<>();
        head.add(readText());
        head.add(readText());
        head.add(readText());
        return head;
    }

    /** Every archive says at least how its names are encoded. pg_restore takes a count below zero for none. */
    private List<Raw> readEntries() throws IOException {
        int count = readInt();
        if (count <= 0) {
            throw new IOException("its table of contents is damaged: it has " + count + " entries");
        }
        List<Raw> raw = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Raw each = readEntry();
            if (each.id <= 0 || !ids.add(each.id)) {
                throw new IOException(
                        "its table of contents is damaged: it has an entry " + each.id + (each.id > 0 ? " twice" : ""));
            }
            raw.add(each);
        }
        checkEnd();
        return raw;
    }

    /**
     * Checks that the table of contents ends here: behind the last entry, rows or large objects follow in the custom
     * format; otherwise nothing does.
     */
    private void checkEnd() throws IOException {
        int next = in.read();
        if (next >= 0 && !(custom && (next == ROWS || next == LARGE_OBJECTS))) {
            throw new IOException("its table of contents is damaged: it has more entries than it says");
        }
    }

    /** Comments, labels and rights are of no section: they stand behind what they belong to, and go with it. */
    private static List<Entry> entries(List<Raw> raw, Charset charset) {
        List<Entry> entries = new ArrayList<>();
        Optional<Section> section = Optional.empty();
        for (Raw each : raw) {
            section = each.section.isPresent() ? each.section : section;
            entries.add(each.entry(charset, section));
        }
        return entries;
    }

    /** The tables that force row security, and have it. */
    private static Set<TableName> hidingFromOwner(List<Raw> raw, Charset charset) {
        Set<TableName> secured = raw.stream()
                .filter(each -> each.type.equals("ROW SECURITY"))
                .map(each -> each.named(charset))
                .collect(Collectors.toSet());
        return raw.stream()
                .filter(Raw::forcesRowSecurity)
                .map(each -> each.named(charset))
                .filter(secured::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Section> section(int number) {
        return switch (number) {
            case 2 -> Optional.of(Section.PRE_DATA);
            case 3 -> Optional.of(Section.DATA);
            case 4 -> Optional.of(Section.POST_DATA);
            default -> Optional.empty();
        };
    }

    private Raw readEntry() throws IOException {
        int id = readInt();
        boolean data = readInt() != 0;
        readText(); // catalog
        readText(); // oid
        byte @Nullable [] name = readText();
        byte @Nullable [] type = readText();
        Optional<Section> section = version >= version(1, 11) ? section(readInt()) : Optional.empty();
        byte @Nullable [] definition = readText();
        byte @Nullable [] drop = readText();
        readText(); // COPY statement
        byte @Nullable [] schema = readText();
        byte @Nullable [] tablespace = readText();
        if (version >= version(1, 14)) {
            readText(); // access method
        }
        if (version >= version(1, 16)) {
            readInt(); // kind of relation
        }
        byte @Nullable [] owner = readText();
        readText(); // with oids
        Set<Integer> dependsOn = readDependencies();
        byte @Nullable [] file = readFile();
        String word = text(type, StandardCharsets.US_ASCII);
        return new Raw(
                id,
                word,
                schema,
                name,
                owner,
                word.equals("ENCODING") ? definition : drop,
                definition,
                data ? file : null,
                dependsOn,
                section,
                tablespace);
    }

    private Set<Integer> readDependencies() throws IOException {
        Set<Integer> ids = new TreeSet<>();
        for (byte[] id = readText(); id != null; id = readText()) {
            try {
                ids.add(Integer.valueOf(new String(id, StandardCharsets.US_ASCII)));
            } catch (NumberFormatException e) {
                throw new IOException("its table of contents is damaged", e);
            }
        }
        return ids;
    }

    /** The place of the rows: an offset in the custom format, a file's name otherwise. */
    private byte @Nullable [] readFile() throws IOException {
        if (!custom) {
            return readText();
        }
        in.skipNBytes(1L + offsetBytes);
        return null;
    }

    private static Charset charset(List<Raw> entries) {
        return entries.stream()
                .filter(each -> each.type.equals("ENCODING"))
                .findFirst()
                .flatMap(each -> ClientEncoding.of(text(each.statement, StandardCharsets.US_ASCII)))
                .orElse(StandardCharsets.UTF_8);
    }

    private int readByte() throws IOException {
        int each = in.read();
        if (each < 0) {
            throw new EOFException("its table of contents is cut off");
        }
        return each;
    }

    private int readInt() throws IOException {
        boolean negative = readByte() != 0;
        int value = 0;
        for (int i = 0; i < intBytes; i++) {
            int each = readByte();
            value |= i < Integer.BYTES ? each << 8 * i : 0;
        }
        return negative ? -value : value;
    }

    /** A text, or null where there is none. */
    private byte @Nullable [] readText() throws IOException {
        int length = readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("its table of contents is cut off");
        }
        return bytes;
    }

    private static String text(byte @Nullable [] bytes, Charset charset) {
        return bytes == null ? "" : new String(bytes, charset);
    }

    private static int version(int major, int minor) {
        return major << 8 | minor;
    }

    /** An entry before it is known how its names are encoded. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(
            int id,
            String type,
            byte @Nullable [] schema,
            byte @Nullable [] name,
            byte @Nullable [] owner,
            byte @Nullable [] statement,
            byte @Nullable [] definition,
            byte @Nullable [] file,
            Set<Integer> dependsOn,
            Optional<Section> section,
            byte @Nullable [] tablespace) {
        private TableName named(Charset charset) {
            return new TableName(text(schema, charset), text(name, charset));
        }

        /** Since 17 one entry defines many, and lists them line by line. */
        private long largeObjects() {
            return switch (type) {
                case "BLOB" -> 1;
                case "BLOB METADATA" ->
                    text(definition, StandardCharsets.US_ASCII).lines().count();
                default -> 0;
            };
        }

        private boolean forcesRowSecurity() {
            return type.equals("TABLE")
                    && FORCES.matcher(text(definition, StandardCharsets.ISO_8859_1))
                            .find();
        }

        private Definition definition(Charset charset) {
            TableName named = named(charset);
            return new Definition(
                    type, named, PartOfTable.tableOf(type, named, text(statement, charset)), text(definition, charset));
        }

        private Entry entry(Charset charset, Optional<Section> known) {
            TableName named = named(charset);
            return new Entry(
                    id,
                    type,
                    named.schema(),
                    named.name(),
                    text(owner, charset),
                    PartOfTable.tableOf(type, named, text(statement, charset)),
                    Optional.of(text(file, charset)).filter(found -> !found.isEmpty()),
                    dependsOn,
                    known,
                    text(tablespace, charset));
        }
    }
}
