package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of one backup, stored as {@code <name>.json} beside its data. Written once, after the data was read back
 * and found right; its presence is what makes a backup exist.
 *
 * @param version version of this layout, see {@link #VERSION}
 * @param name name of the backup, unique in its repository
 * @param database name of the database, as the server spells it
 * @param created moment of the snapshot, UTC
 * @param seconds how long the backup took, including its check
 * @param kind why it was made
 * @param label the user's short word for it
 * @param description the user's longer text
 * @param tags the user's own keys and values
 * @param content what was dumped: everything, the schema alone, or rows alone
 * @param filters what was chosen or left out, as options of pg_dump; empty for a whole database
 * @param copies the stored forms, at least one; all of the same snapshot
 * @param bytes stored bytes of all copies together
 * @param sourceBytes bytes of the dumped tables on the server, without indexes
 * @param rowCount rows of all dumped tables together; null in backups of older versions
 * @param server where it came from
 * @param tools the programs that made it
 * @param properties owner, encoding, locale, settings and grants of the database
 * @param moneyLocale {@code lc_monetary} under which its money was printed; null in backups of older versions
 * @param extensions installed extensions
 * @param migrations what migration tools had applied, the main one first
 * @param application version and commit of the application, when known
 * @param globals roles and tablespaces of the server as a script of pg_dumpall, when they were asked for
 * @param warnings what the user should look at, though the backup is whole; null in backups of older versions
 * @param restore lines that restore it without pgkeep
 * @param tables every dumped table with its rows as of the snapshot; last, so that a listing can stop reading before it
 */
@Json
public record Manifest(
        int version,
        String name,
        String database,
        Instant created,
        double seconds,
        Kind kind,
        @Nullable String label,
        @Nullable String description,
        Map<String, String> tags,
        Content content,
        List<String> filters,
        List<Copy> copies,
        long bytes,
        long sourceBytes,
        @Nullable Long rowCount,
        Server server,
        Tools tools,
        DatabaseProperties properties,
        @Nullable String moneyLocale,
        List<ExtensionVersion> extensions,
        List<Migrations> migrations,
        @Nullable Application application,
        @Nullable StoredFile globals,
        @Nullable List<String> warnings,
        List<String> restore,
        List<Table> tables) {

    /** Demands the fields without which it is no metadata; what later layouts added may be missing. */
    public Manifest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(database);
        Objects.requireNonNull(created);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(content);
        Objects.requireNonNull(server);
        Objects.requireNonNull(tools);
        Objects.requireNonNull(properties);
        copies = List.copyOf(copies);
        tables = List.copyOf(tables);
        if (copies.isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one stored form");
        }
    }

    /** Metadata of a backup of a database at a moment, with nothing else in it yet. */
    public static ManifestBuilder builder(String name, String database, Instant created) {
        return new ManifestBuilder(name, database, created);
    }

    /** The layout that this version writes. Readers accept it and all before it. */
    public static final int VERSION = 1;

    /** The part of the database that was dumped. */
    public enum Content {
        ALL("all"),
        SCHEMA("schema"),
        DATA("data");

        private final String word;

        Content(String word) {
            this.word = word;
        }

        @Json.Value
        public String word() {
            return word;
        }
    }

    /**
     * One stored form of the backup.
     *
     * @param format its format
     * @param compression its compression
     * @param path file or folder, relative to the folder that holds the metadata
     * @param files every file of it; one, unless the format is a folder, none of a chunked one
     * @param chunks where the chunked format begins; null for portable ones
     */
    @Json
    public record Copy(
            Format format,
            Compression compression,
            String path,
            List<StoredFile> files,
            @Nullable Chunks chunks) {
        public Copy {
            Objects.requireNonNull(format);
            Objects.requireNonNull(compression);
            requireInside(path);
            files = List.copyOf(files);
            if ((chunks == null) == (format == Format.CHUNKED)) {
                throw new IllegalArgumentException("the chunked format has chunks, and no other has");
            }
        }

        /** A portable one. */
        public Copy(Format format, Compression compression, String path, List<StoredFile> files) {
            this(format, compression, path, files, null);
        }

        /** A chunked one. */
        public static Copy chunked(Compression compression, Chunks chunks) {
            return new Copy(Format.CHUNKED, compression, "packs", List.of(), chunks);
        }

        /** The size of this form: bytes of all its files, or of all its chunks, whoever else needs them. */
        public long totalBytes() {
            return chunks != null
                    ? chunks.bytes()
                    : files.stream().mapToLong(StoredFile::bytes).sum();
        }

        /** The bytes that this form added to the repository. */
        public long newBytes() {
            return chunks != null ? chunks.newBytes() : totalBytes();
        }
    }

    /**
     * The beginning of a chunked backup. Ids are SHA-256, 64 lower-case hexadecimal digits.
     *
     * @param contents chunks that list every table's extents and their chunks, in order
     * @param skeleton chunks that are, one after the other, an archive of pg_dump with everything but rows
     * @param count how many different chunks it consists of
     * @param length their bytes before compression
     * @param bytes their bytes as stored
     * @param newCount how many of them were not there before
     * @param newBytes their bytes as stored
     * @param lineage where in the server's history the snapshot lies; null where no later backup may build on it
     * @param reading how much of the database was read; null in backups of older versions
     */
    @Json
    public record Chunks(
            List<String> contents,
            List<String> skeleton,
            long count,
            long length,
            long bytes,
            long newCount,
            long newBytes,
            @Nullable Lineage lineage,
            @Nullable Reading reading) {
        public Chunks {
            contents = List.copyOf(contents);
            skeleton = List.copyOf(skeleton);
        }

        /** These chunks, of a snapshot whose place is known. */
        public Chunks at(Lineage place) {
            return new Chunks(contents, skeleton, count, length, bytes, newCount, newBytes, place, reading);
        }
    }

    /** Metadata may come from anybody: no path in it leads out of the folder that holds it. */
    private static void requireInside(String path) {
        for (String each : path.split("/", -1)) {
            if (each.isEmpty() || each.equals(".") || each.equals("..")) {
                throw new IllegalArgumentException("a path that leads elsewhere: " + path);
            }
        }
    }

    /**
     * One stored file.
     *
     * @param path relative to the folder that holds the metadata, with forward slashes
     * @param bytes its exact length
     * @param sha256 SHA-256 of its bytes, 64 lower-case hexadecimal digits
     */
    @Json
    public record StoredFile(String path, long bytes, String sha256) {
        public StoredFile {
            requireInside(path);
            Objects.requireNonNull(sha256);
        }
    }

    /**
     * The server that the backup came from.
     *
     * @param host host and port, or socket folder, as connected to
     * @param version as the server prints it, for instance {@code 15.18}
     * @param versionNumber for instance {@code 150018}
     * @param systemIdentifier identity of the cluster, when the role may read it
     */
    @Json
    public record Server(
            String host,
            String version,
            int versionNumber,
            @Nullable String systemIdentifier) {}

    /** The programs that made the backup: pgkeep and pg_dump with their versions. */
    @Json
    public record Tools(String pgkeep, String pgDump) {}

    /** An installed extension. */
    @Json
    public record ExtensionVersion(String name, String version, String schema) {}

    /**
     * The migrations that one tool had applied.
     *
     * @param tool its name, for instance {@code flyway}
     * @param applied number of applied migrations
     * @param head the newest one, as the tool names it
     */
    @Json
    public record Migrations(
            String tool, int applied, @Nullable String head) {}

    /** The application whose database it is, as far as known. */
    @Json
    public record Application(
            @Nullable String version, @Nullable String commit) {}

    /**
     * One dumped table.
     *
     * @param rows rows in the snapshot; -1 where the rows were left out of the dump
     * @param bytes bytes on the server, with TOAST, without indexes
     * @param partitionOf the partitioned table that it is a part of, the outermost one
     * @param content hash of its rows whatever their order, 32 hexadecimal digits; chunked backups only
     * @param stored bytes of its rows as stored; chunked backups only
     * @param added of these, what was not in the repository before; chunked backups only
     * @param read bytes of it on the server that were read; chunked backups only
     * @param whole why all of it was read; null where only what changed was
     */
    @Json
    public record Table(
            String schema,
            String name,
            long rows,
            long bytes,
            @Nullable TableName partitionOf,
            @Nullable String content,
            @Nullable Long stored,
            @Nullable Long added,
            @Nullable Long read,
            @Nullable String whole) {
        public Table {
            Objects.requireNonNull(schema);
            Objects.requireNonNull(name);
        }

        public Table(String schema, String name, long rows, long bytes, @Nullable TableName partitionOf) {
            this(schema, name, rows, bytes, partitionOf, null, null, null, null, null);
        }

        public TableName tableName() {
            return new TableName(schema, name);
        }

        public boolean hasRows() {
            return rows >= 0;
        }
    }

    /** The beginning of the chunks, if one of the forms is chunked. */
    public Optional<Chunks> chunks() {
        return copies.stream().map(Copy::chunks).filter(Objects::nonNull).findFirst();
    }

    /** How much of the database was read, as far as the chunks of the backup tell. */
    public Optional<Reading> reading() {
        return chunks().map(Chunks::reading);
    }

    /** The bytes that the backup added to the repository. */
    public long newBytes() {
        return copies.stream().mapToLong(Copy::newBytes).sum();
    }

    /** Rows of all dumped tables together. */
    public long rows() {
        return tables.stream().filter(Table::hasRows).mapToLong(Table::rows).sum();
    }

    /** The main migration tool, if any was recognised. */
    public Optional<Migrations> mainMigrations() {
        return migrations.stream().findFirst();
    }

    /**
     * {@code lc_monetary} under which money in it was printed: what was written down, else what its database had set
     * for everybody; empty where nobody knows.
     */
    public Optional<String> moneyPrinted() {
        return Optional.ofNullable(moneyLocale)
                .or(() -> properties.settings().stream()
                        .filter(each -> each.role() == null && each.name().equals("lc_monetary"))
                        .map(DatabaseProperties.Setting::value)
                        .findFirst());
    }

    /** This metadata with the locale that somebody knows of its money, where it does not say one itself. */
    public Manifest orMoneyLocale(String locale) {
        return moneyLocale != null
                ? this
                : new ManifestBuilder(this).moneyLocale(locale).build();
    }

    /** This metadata with what the user should look at. */
    public Manifest warning(List<String> lines) {
        return new ManifestBuilder(this).warnings(lines).build();
    }

    /** Whether the backup holds a whole database. */
    public boolean isWhole() {
        return content == Content.ALL && filters.isEmpty();
    }
}
