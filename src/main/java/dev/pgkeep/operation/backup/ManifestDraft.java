package dev.pgkeep.operation.backup;

import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.Compression.Method;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.SessionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the metadata together from the plan and from what was found in the snapshot. */
final class ManifestDraft {
    private final BackupPlan plan;
    private final BackupSettings settings;

    ManifestDraft(BackupPlan plan, BackupSettings settings) {
        this.plan = plan;
        this.settings = settings;
    }

    Manifest manifest(
            String name,
            Dump.Result dumped,
            List<Manifest.Copy> copies,
            Optional<Manifest.StoredFile> globals,
            Instant started,
            Instant ended) {
        BackupRequest request = plan.request();
        DatabaseFacts facts = dumped.facts();
        List<Manifest.Table> tables = tables(facts, dumped);
        return Manifest.builder(name, plan.target().database(), dumped.takenAt())
                .seconds(Duration.between(started, ended).toMillis() / 1000.0)
                .kind(plan.kind())
                .label(request.label().orElse(null))
                .description(request.description().orElse(null))
                .tags(request.tags())
                .content(request.content())
                .filters(request.filters().options())
                .copies(copies)
                .sourceBytes(tables.stream()
                        .filter(Manifest.Table::hasRows)
                        .mapToLong(Manifest.Table::bytes)
                        .sum())
                .server(new Manifest.Server(
                        plan.target().describeServer(),
                        plan.server().shortVersion(),
                        plan.server().versionNumber(),
                        plan.server().systemIdentifier().orElse(null)))
                .tools(new Manifest.Tools(
                        settings.version(), plan.tools().version().toString()))
                .properties(facts.properties())
                .moneyLocale(plan.isChunked() || plan.target().takesSettings() ? SessionSettings.MONEY_LOCALE : null)
                .extensions(facts.extensions())
                .migrations(facts.migrations())
                .application(settings.application().orElse(null))
                .globals(globals.orElse(null))
                .restore(byHand(name, copies))
                .tables(tables)
                .build();
    }

    /** A whole dump names all tables; a filtered one only those whose rows it holds. */
    private List<Manifest.Table> tables(DatabaseFacts facts, Dump.Result dumped) {
        List<Manifest.Table> tables = new ArrayList<>();
        for (TableInfo table : facts.tables()) {
            Long counted = dumped.rows().get(table.name());
            ChunkedResult.Stored stored = dumped.chunked()
                    .map(result -> result.tables().get(table.name()))
                    .orElse(null);
            if (counted != null || plan.request().filters().isEmpty()) {
                tables.add(new Manifest.Table(
                        table.schema(),
                        table.name().name(),
                        counted == null ? -1 : counted,
                        table.bytes(),
                        table.partitionOf().orElse(null),
                        stored == null ? null : stored.content().hex(),
                        stored == null ? null : stored.bytes(),
                        stored == null ? null : stored.added(),
                        stored == null ? null : stored.read(),
                        stored == null ? null : stored.whole().orElse(null)));
            }
        }
        return tables;
    }

    /** The lines that restore the backup with nothing but PostgreSQL's own tools. */
    private static List<String> byHand(String name, List<Manifest.Copy> copies) {
        Optional<Manifest.Copy> portable =
                copies.stream().filter(each -> each.format().isPortable()).findFirst();
        if (portable.isEmpty()) {
            return List.of(
                    "pgkeep export " + ShellWords.word(name) + " --to " + ShellWords.word(name + ".sql"),
                    "createdb --template=template0 NEW_DATABASE",
                    "psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE --file="
                            + ShellWords.word(name + ".sql"),
                    "# where export makes a folder instead, because not every table can be written as text:",
                    "cd " + ShellWords.word(name + "-kit")
                            + " && psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE"
                            + " --file=restore.sql");
        }
        Manifest.Copy copy = portable.get();
        String create = "createdb --template=template0 NEW_DATABASE";
        if (copy.format() != Format.PLAIN) {
            return List.of(
                    create,
                    SessionSettings.PG_RESTORE + " --exit-on-error --dbname=NEW_DATABASE "
                            + ShellWords.word(copy.path()));
        }
        String psql = "psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname=NEW_DATABASE";
        Method method = copy.compression().method();
        return List.of(
                create,
                switch (method) {
                    case GZIP -> "gzip -dc " + ShellWords.word(copy.path()) + " | " + psql;
                    case ZSTD -> "zstd -dc " + ShellWords.word(copy.path()) + " | " + psql;
                    case NONE, LZ4 -> psql + " --file=" + ShellWords.word(copy.path());
                });
    }
}
