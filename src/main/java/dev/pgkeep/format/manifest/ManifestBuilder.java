package dev.pgkeep.format.manifest;

import dev.pgkeep.format.manifest.Manifest.Application;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.Manifest.Copy;
import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.format.manifest.Manifest.Migrations;
import dev.pgkeep.format.manifest.Manifest.Server;
import dev.pgkeep.format.manifest.Manifest.StoredFile;
import dev.pgkeep.format.manifest.Manifest.Table;
import dev.pgkeep.format.manifest.Manifest.Tools;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Manifest}, value by value, each under the name of its component. {@code copies}, {@code server},
 * {@code tools} and {@code properties} must be given; what else is not given is absent or empty.
 */
public final class ManifestBuilder {
    private final String name;
    private final String database;
    private final Instant created;
    private int version = Manifest.VERSION;
    private double seconds;
    private Kind kind = Kind.MANUAL;
    private @Nullable String label;
    private @Nullable String description;
    private Map<String, String> tags = Map.of();
    private Content content = Content.ALL;
    private List<String> filters = List.of();
    private List<Copy> copies = List.of();
    private long bytes;
    private long sourceBytes;
    private @Nullable Long rowCount;
    private @Nullable Server server;
    private @Nullable Tools tools;
    private @Nullable DatabaseProperties properties;
    private @Nullable String moneyLocale;
    private List<ExtensionVersion> extensions = List.of();
    private List<Migrations> migrations = List.of();
    private @Nullable Application application;
    private @Nullable StoredFile globals;
    private @Nullable List<String> warnings;
    private List<String> restore = List.of();
    private List<Table> tables = List.of();

    ManifestBuilder(String name, String database, Instant created) {
        this.name = name;
        this.database = database;
        this.created = created;
    }

    ManifestBuilder(Manifest from) {
        this(from.name(), from.database(), from.created());
        version = from.version();
        seconds = from.seconds();
        kind = from.kind();
        label = from.label();
        description = from.description();
        tags = from.tags();
        content = from.content();
        filters = from.filters();
        copies = from.copies();
        bytes = from.bytes();
        sourceBytes = from.sourceBytes();
        rowCount = from.rowCount();
        server = from.server();
        tools = from.tools();
        properties = from.properties();
        moneyLocale = from.moneyLocale();
        extensions = from.extensions();
        migrations = from.migrations();
        application = from.application();
        globals = from.globals();
        warnings = from.warnings();
        restore = from.restore();
        tables = from.tables();
    }

    public ManifestBuilder seconds(double value) {
        seconds = value;
        return this;
    }

    public ManifestBuilder kind(Kind value) {
        kind = value;
        return this;
    }

    public ManifestBuilder label(@Nullable String value) {
        label = value;
        return this;
    }

    public ManifestBuilder description(@Nullable String value) {
        description = value;
        return this;
    }

    public ManifestBuilder tags(Map<String, String> value) {
        tags = value;
        return this;
    }

    public ManifestBuilder content(Content value) {
        content = value;
        return this;
    }

    public ManifestBuilder filters(List<String> value) {
        filters = value;
        return this;
    }

    /** The stored forms; {@code bytes} are theirs together. */
    public ManifestBuilder copies(List<Copy> value) {
        copies = value;
        bytes = value.stream().mapToLong(Copy::totalBytes).sum();
        return this;
    }

    public ManifestBuilder sourceBytes(long value) {
        sourceBytes = value;
        return this;
    }

    public ManifestBuilder server(Server value) {
        server = value;
        return this;
    }

    public ManifestBuilder tools(Tools value) {
        tools = value;
        return this;
    }

    public ManifestBuilder properties(DatabaseProperties value) {
        properties = value;
        return this;
    }

    public ManifestBuilder moneyLocale(@Nullable String value) {
        moneyLocale = value;
        return this;
    }

    public ManifestBuilder extensions(List<ExtensionVersion> value) {
        extensions = value;
        return this;
    }

    public ManifestBuilder migrations(List<Migrations> value) {
        migrations = value;
        return this;
    }

    public ManifestBuilder application(@Nullable Application value) {
        application = value;
        return this;
    }

    public ManifestBuilder globals(@Nullable StoredFile value) {
        globals = value;
        return this;
    }

    public ManifestBuilder warnings(List<String> value) {
        warnings = value;
        return this;
    }

    public ManifestBuilder restore(List<String> value) {
        restore = value;
        return this;
    }

    /** The tables; {@code rowCount} is that of their rows. */
    public ManifestBuilder tables(List<Table> value) {
        tables = value;
        rowCount = value.stream().filter(Table::hasRows).mapToLong(Table::rows).sum();
        return this;
    }

    /** @throws NullPointerException when something is missing that every backup has */
    public Manifest build() {
        return new Manifest(
                version,
                name,
                database,
                created,
                seconds,
                kind,
                label,
                description,
                tags,
                content,
                filters,
                copies,
                bytes,
                sourceBytes,
                rowCount,
                Objects.requireNonNull(server, "server"),
                Objects.requireNonNull(tools, "tools"),
                Objects.requireNonNull(properties, "properties"),
                moneyLocale,
                extensions,
                migrations,
                application,
                globals,
                warnings,
                restore,
                tables);
    }
}
