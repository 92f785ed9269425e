package dev.pgkeep.cli;

import dev.pgkeep.repository.select.BackupSelector;
import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.cli.render.BackupJson;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.ShowJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveVersion;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.postgres.tools.Archive;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.operation.rows.RowsDocuments;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep show BACKUP}. */
@Command(
        description = "Shows everything about one backup: where it came from, what is in it, what is known of it.",
        footer = {
            "",
            "Examples:",
            "  pgkeep show latest",
            "  pgkeep show 2026-11-20 --objects",
            "  cp \"$(pgkeep show latest --path)\" /mnt/stick/"
        })
final class ShowCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BACKUP",
            defaultValue = "latest",
            description = "latest, a name, or a part of one (default: latest)")
    String backup = "latest";

    @Option(names = "--objects", description = "Everything in the archive's table of contents")
    boolean objects;

    @Option(names = "--path", description = "Only the path of its data")
    boolean path;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Repository repository = pgkeep.repository();
        StoredBackup found = new BackupSelector(repository, pgkeep.databaseName()).find(backup);
        Optional<Manifest> manifest = found.isOurs() ? Optional.of(repository.manifest(found)) : Optional.empty();
        if (path) {
            found.data().forEach(each -> session.print(each.toString()));
        } else if (global.json) {
            session.document(Json.text(new ShowJson(
                    BackupJson.of(found),
                    manifest.orElse(null),
                    found.marks().stream().map(repository::read).toList(),
                    repository.rowsOf(found).map(Path::toString).orElse(null),
                    objects ? objects(session, found) : null)));
        } else {
            print(session, repository, found, manifest);
        }
        return ExitStatus.DONE;
    }

    private void print(Session session, Repository repository, StoredBackup found, Optional<Manifest> manifest) {
        session.print(session.style().bold(found.name()));
        Facts facts = new Facts()
                .add("database", found.database())
                .add(
                        "created",
                        TimeArguments.text(found.created()) + " ("
                                + Spans.ago(
                                        found.created(),
                                        session.surroundings().clock().instant()) + ")")
                .add("kind", found.kind().map(Object::toString))
                .add("format", found.format())
                .add(
                        "size",
                        Sizes.text(found.bytes())
                                + (found.newBytes() == found.bytes()
                                        ? ""
                                        : ", of which " + Sizes.text(found.newBytes()) + " were new"))
                .add("state", found.state() + (found.isPinned() ? ", pinned" : ""))
                .add("problem", found.problem());
        manifest.ifPresent(each -> addManifest(facts, each));
        // Of chunks, the packs are nobody's own.
        facts.add(
                "data",
                Optional.of(found.data().stream().map(session::path).collect(Collectors.joining(", ")))
                        .filter(files -> !files.isEmpty()));
        facts.add("metadata", found.metadata().map(session::path));
        facts.add(
                "rows",
                repository
                        .rowsOf(found)
                        .map(file -> session.path(file) + ": what that cleanup deleted; back with pgkeep rows restore "
                                + ShellWords.word(RowsDocuments.name(file))));
        facts.lines(session.style()).forEach(session::print);
        printMarks(session, repository, found);
        manifest.ifPresent(each -> printTables(session, each, objects));
        if (objects) {
            session.print("");
            objects(session, found).forEach(session::print);
        }
        printByHand(session, manifest);
    }

    private static void addManifest(Facts facts, Manifest manifest) {
        facts.add("label", Optional.ofNullable(manifest.label()))
                .add("description", Optional.ofNullable(manifest.description()))
                .add(
                        "tags",
                        Optional.of(manifest.tags().entrySet().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))))
                .add("filters", Optional.of(String.join(" ", manifest.filters())))
                .add(
                        "compression",
                        manifest.copies().stream()
                                .map(copy -> copy.compression().toString())
                                .collect(Collectors.joining(", ")))
                .add("took", Spans.text(Duration.ofMillis(Math.round(manifest.seconds() * 1000))))
                .add(
                        "server",
                        manifest.server().host() + ", PostgreSQL "
                                + manifest.server().version())
                .add(
                        "made by",
                        "pgkeep " + manifest.tools().pgkeep() + ", pg_dump "
                                + manifest.tools().pgDump())
                .add("owner", manifest.properties().owner())
                .add("encoding", manifest.properties().encoding())
                .add(
                        "extensions",
                        Optional.of(manifest.extensions().stream()
                                .map(each -> each.name() + " " + each.version())
                                .collect(Collectors.joining(", "))))
                .add(
                        "migrations",
                        Optional.of(manifest.migrations().stream()
                                .map(BackupReport::describe)
                                .collect(Collectors.joining("; "))))
                .add(
                        "application",
                        Optional.ofNullable(manifest.application())
                                .map(each -> String.join(
                                        " ",
                                        Stream.of(each.version(), each.commit())
                                                .filter(Objects::nonNull)
                                                .toList())))
                .add(
                        "sha-256",
                        manifest.copies().getFirst().files().size() == 1
                                ? Optional.of(manifest.copies()
                                        .getFirst()
                                        .files()
                                        .getFirst()
                                        .sha256())
                                : Optional.empty());
    }

    private static void printMarks(Session session, Repository repository, StoredBackup found) {
        for (StoredBackup.MarkName name : found.marks()) {
            Mark mark = repository.read(name);
            String details = mark.details().entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
            session.print("  " + session.style().dim(mark.type().word()) + "  " + TimeArguments.text(mark.at())
                    + (details.isEmpty() ? "" : "  " + details));
        }
    }

    private static void printTables(Session session, Manifest manifest, boolean partitions) {
        TextTable table = new TextTable("TABLE", ">ROWS", ">SIZE", ">STORED", ">NEW");
        (partitions ? manifest.tables() : PartitionTotals.folded(manifest.tables()))
                .forEach(each -> table.row(
                        each.tableName().toString(),
                        each.hasRows() ? Sizes.count(each.rows()) : "–",
                        Sizes.text(each.bytes()),
                        size(each.stored()),
                        size(each.added())));
        if (!table.isEmpty()) {
            session.print("");
            boolean chunked = manifest.tables().stream().anyMatch(each -> each.stored() != null);
            (chunked ? table : table.without("STORED").without("NEW"))
                    .lines(session.style())
                    .forEach(session::print);
        }
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "–" : Sizes.text(bytes);
    }

    private static void printByHand(Session session, Optional<Manifest> manifest) {
        manifest.ifPresent(each -> {
            session.say("");
            session.say("Without pgkeep it is restored with:");
            each.restore().forEach(line -> session.say("  " + line));
        });
    }

    private static List<String> objects(Session session, StoredBackup found) {
        Repository repository = session.pgkeep().repository();
        Optional<Manifest> manifest = found.isOurs() ? Optional.of(repository.manifest(found)) : Optional.empty();
        Optional<Manifest.Chunks> chunks = manifest.flatMap(Manifest::chunks);
        if (chunks.isPresent()) {
            return described(
                    listing(new ChunkedSource(manifest.orElseThrow(), chunks.get(), found, repository.chunks())));
        }
        DumpFile dump = DumpFile.recognise(found.data().getFirst());
        if (!dump.format().isArchive()) {
            return List.of("(a plain script has no table of contents)");
        }
        Archive archive = new Archive(found.name(), ArchiveVersion.of(dump), Optional.empty(), manifest.isPresent());
        return described(new DumpReader(
                        () -> session.pgkeep().tools().chooseForRestore(archive, new Version(0, 0)),
                        session.cancellation())
                .list(dump));
    }

    private static ArchiveListing listing(ChunkedSource source) {
        try (InputStream archive = source.skeleton()) {
            return ArchiveListing.read(archive)
                    .orElseThrow(() -> new PgkeepException(
                            ErrorCode.FORMAT_UNSUPPORTED,
                            "its archive was written by a pg_dump that this pgkeep does not know",
                            "update pgkeep to see what is in it"));
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot read its archive: " + e.getMessage(), "check the disk", e);
        }
    }

    private static List<String> described(ArchiveListing listing) {
        return listing.entries().stream().map(ArchiveListing.Entry::describe).toList();
    }
}
