package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.ShowJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.operation.rows.RowsDocuments;
import dev.pgkeep.operation.show.PartitionTotals;
import dev.pgkeep.operation.show.Show;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.select.BackupSelector;
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
        Show show = pgkeep.show();
        Show.Shown found = show.run(new BackupSelector(pgkeep.repository(), pgkeep.databaseName()).find(backup));
        if (global.json) {
            session.answer(ShowJson.of(found, show.marks(found), objects ? show.objects(found) : null));
        } else if (path) {
            found.backup().data().forEach(each -> session.print(each.toString()));
        } else {
            print(session, show, found);
        }
        return ExitStatus.DONE;
    }

    private void print(Session session, Show show, Show.Shown shown) {
        StoredBackup found = shown.backup();
        Optional<Manifest> manifest = shown.manifest();
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
                shown.rowsDocument()
                        .map(file -> session.path(file) + ": what that cleanup deleted; back with pgkeep rows restore "
                                + ShellWords.word(RowsDocuments.name(file))));
        facts.lines(session.style()).forEach(session::print);
        printMarks(session, show.marks(shown));
        manifest.ifPresent(each -> printTables(session, each, objects));
        if (objects) {
            session.print("");
            show.objects(shown).forEach(session::print);
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
                .add("read", ReadStory.of(manifest))
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

    private static void printMarks(Session session, List<Mark> marks) {
        for (Mark mark : marks) {
            String details = mark.details().entrySet().stream()
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
            session.print("  " + session.style().dim(mark.type().word()) + "  " + TimeArguments.text(mark.at())
                    + (details.isEmpty() ? "" : "  " + details));
        }
    }

    private static void printTables(Session session, Manifest manifest, boolean partitions) {
        TextTable table = new TextTable("TABLE", ">ROWS", ">SIZE", ">READ", ">STORED", ">NEW", "WHOLE, BECAUSE");
        boolean compared = manifest.reading().map(Reading::base).isPresent();
        (partitions ? manifest.tables() : PartitionTotals.folded(manifest.tables()))
                .forEach(each -> table.row(
                        each.tableName().toString(),
                        each.hasRows() ? Sizes.count(each.rows()) : "–",
                        Sizes.text(each.bytes()),
                        size(each.read()),
                        size(each.stored()),
                        size(each.added()),
                        String.valueOf(each.whole() == null ? "" : each.whole())));
        if (!table.isEmpty()) {
            session.print("");
            boolean chunked = manifest.tables().stream().anyMatch(each -> each.stored() != null);
            TextTable shown = chunked ? table : table.without("STORED").without("NEW");
            (compared ? shown : shown.without("READ").without("WHOLE, BECAUSE"))
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
}
