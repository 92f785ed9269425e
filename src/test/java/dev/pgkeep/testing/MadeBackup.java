package dev.pgkeep.testing;

import dev.pgkeep.format.manifest.BackupName;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup without a server: described here, then stored in a real repository, or listed as if it were. Its data is a
 * small SQL script.
 */
public final class MadeBackup {
    private record Learned(Mark.Type type, Instant at) {}

    private final String database;
    private final Instant created;
    private final List<Learned> marks = new ArrayList<>();
    private Kind kind = Kind.MANUAL;
    private List<String> filters = List.of();
    private Manifest.Content content = Manifest.Content.ALL;
    private String script = "SELECT 1;\n";
    private double seconds = 2.5;
    private int rows = 3;

    private MadeBackup(String database, Instant created) {
        this.database = database;
        this.created = created;
    }

    public static MadeBackup of(String database, Instant created) {
        return new MadeBackup(database, created);
    }

    public MadeBackup kind(String word) {
        kind = Kind.of(word);
        return this;
    }

    public MadeBackup checked() {
        return mark(Mark.Type.CHECKED, created.plusSeconds(3));
    }

    public MadeBackup proven() {
        return mark(Mark.Type.PROVEN, created.plusSeconds(60));
    }

    public MadeBackup damaged() {
        return mark(Mark.Type.DAMAGED, created.plusSeconds(600));
    }

    public MadeBackup pinned() {
        return mark(Mark.Type.PINNED, created.plusSeconds(5));
    }

    public MadeBackup mark(Mark.Type type, Instant at) {
        marks.add(new Learned(type, at));
        return this;
    }

    public MadeBackup filters(String... options) {
        filters = List.of(options);
        return this;
    }

    public MadeBackup schemaOnly() {
        content = Manifest.Content.SCHEMA;
        return this;
    }

    public MadeBackup withoutRows() {
        rows = 0;
        return this;
    }

    public MadeBackup bytes(int bytes) {
        script = "-".repeat(bytes - 1) + "\n";
        return this;
    }

    public MadeBackup seconds(double duration) {
        seconds = duration;
        return this;
    }

    /** As a listing would show it, without any file. */
    public StoredBackup listed() {
        String name = name();
        return new StoredBackup(
                name,
                Optional.of(database),
                created,
                Optional.of(kind),
                "plain",
                script.length(),
                Optional.of(summary(manifest(name))),
                List.of(Path.of(name + ".sql")),
                Optional.of(Path.of(name + ".json")),
                Optional.empty(),
                marks.stream()
                        .map(mark -> new StoredBackup.MarkName(mark.type(), mark.at(), Path.of("mark")))
                        .toList());
    }

    /** Stores it; returns the name that it got. */
    public String storeIn(Repository repository) {
        try (var pending = repository.begin(name(), false)) {
            Files.writeString(pending.data(pending.name() + ".sql"), script);
            pending.sync();
            pending.commit(manifest(pending.name()));
            marks.forEach(mark -> repository.mark(new Mark(pending.name(), mark.type(), mark.at(), Map.of())));
            return pending.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name() {
        return BackupName.fill(BackupName.TEMPLATE, database, created, null, kind);
    }

    private Manifest manifest(String name) {
        byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
        var file = new Manifest.StoredFile(name + ".sql", bytes.length, sha256(bytes));
        return Manifest.builder(name, database, created)
                .seconds(seconds)
                .kind(kind)
                .content(content)
                .filters(filters)
                .copies(List.of(new Manifest.Copy(Format.PLAIN, Compression.NONE, name + ".sql", List.of(file))))
                .sourceBytes(10L * bytes.length)
                .server(new Manifest.Server("localhost:5432", "17.2", 170_002, null))
                .tools(new Manifest.Tools("0.1.0", "17.2"))
                .properties(new DatabaseProperties(
                        "app",
                        "UTF8",
                        "libc",
                        "C",
                        "C",
                        null,
                        null,
                        "pg_default",
                        -1,
                        false,
                        true,
                        null,
                        List.of(),
                        new DatabaseProperties.Grants(true, List.of())))
                .restore(List.of("psql -f " + name + ".sql"))
                .tables(List.of(new Manifest.Table("public", "orders", rows, 8192, null)))
                .build();
    }

    private static Summary summary(Manifest all) {
        return ManifestJson.readSummary(ManifestJson.write(all), all.name());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
