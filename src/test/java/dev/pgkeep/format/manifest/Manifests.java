package dev.pgkeep.format.manifest;

import dev.pgkeep.format.manifest.Compression.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Metadata for tests. */
public final class Manifests {
    private static final Instant AT = Instant.parse("2026-11-20T14:30:52.123456Z");

    private Manifests() {}

    /** Everything that metadata can hold, with odd characters. */
    static Manifest full() {
        DatabaseProperties properties = new DatabaseProperties(
                "app",
                "UTF8",
                "icu",
                "de_DE.UTF-8",
                "de_DE.UTF-8",
                "de-DE",
                "& a < b",
                "fast",
                20,
                false,
                true,
                "a \"comment\"\nof two lines",
                List.of(
                        new DatabaseProperties.Setting(null, "work_mem", "64MB"),
                        new DatabaseProperties.Setting("reader", "search_path", "\"Odd, Name\", public")),
                new DatabaseProperties.Grants(
                        false,
                        List.of(
                                new DatabaseProperties.Grant(null, "app", List.of("CONNECT", "TEMPORARY"), false),
                                new DatabaseProperties.Grant("reader", "app", List.of("CONNECT"), true))));
        return Manifest.builder("shop_2026-11-20_143052", "shop", AT)
                .seconds(12.5)
                .kind(new Kind("daily"))
                .label("before lunch")
                .description("Zoë's \u0007 \ud83d\ude00 backup")
                .tags(Map.of("env", "production"))
                .filters(List.of("--exclude-table=log*"))
                .copies(List.of(
                        copy(Format.PLAIN, new Compression(Method.ZSTD, 3), "shop_2026-11-20_143052.sql.zst", 100),
                        copy(Format.CUSTOM, new Compression(Method.GZIP, null), "shop_2026-11-20_143052.dump", 90)))
                .sourceBytes(12345678901L)
                .server(new Manifest.Server("db.example:5432", "15.18", 150018, "7301234567890123456"))
                .tools(new Manifest.Tools("0.1.0", "17.6"))
                .properties(properties)
                .moneyLocale("C")
                .extensions(List.of(new Manifest.ExtensionVersion("hstore", "1.8", "public")))
                .migrations(
                        List.of(new Manifest.Migrations("flyway", 12, "12"), new Manifest.Migrations("rails", 0, null)))
                .application(new Manifest.Application("2.3", null))
                .globals(new Manifest.StoredFile("shop_2026-11-20_143052.globals.sql", 7, "b".repeat(64)))
                .restore(List.of("pg_restore --dbname=shop x.dump"))
                .tables(List.of(
                        new Manifest.Table("sales", "Order \"Lines\"", 5, 8192, null),
                        new Manifest.Table("sales", "log", -1, 0, new TableName("sales", "logs"))))
                .build();
    }

    /** As little as metadata can hold. */
    static Manifest least() {
        return custom("x", "shop", AT, "x.dump", 0, List.of());
    }

    /** A backup in the custom format. */
    public static Manifest custom(
            String name, String database, Instant created, String path, long bytes, List<Manifest.Table> tables) {
        DatabaseProperties properties = new DatabaseProperties(
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
                new DatabaseProperties.Grants(true, List.of()));
        return Manifest.builder(name, database, created)
                .copies(List.of(copy(Format.CUSTOM, Compression.NONE, path, bytes)))
                .server(new Manifest.Server("localhost:5432", "15.18", 150018, null))
                .tools(new Manifest.Tools("0.1.0", "15.18"))
                .properties(properties)
                .tables(tables)
                .build();
    }

    /** Metadata to be made from other metadata. */
    public static ManifestBuilder like(Manifest manifest) {
        return new ManifestBuilder(manifest);
    }

    /** So many tables with long names. */
    public static List<Manifest.Table> tables(int count) {
        List<Manifest.Table> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tables.add(new Manifest.Table("schema_of_some_length", "a_table_with_a_name_" + i, i, i * 8192L, null));
        }
        return tables;
    }

    private static Manifest.Copy copy(Format format, Compression compression, String path, long bytes) {
        return new Manifest.Copy(
                format, compression, path, List.of(new Manifest.StoredFile(path, bytes, "a".repeat(64))));
    }
}
