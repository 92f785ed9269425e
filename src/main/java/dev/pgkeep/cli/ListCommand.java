package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.cli.render.ListJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.show.BackupList;
import dev.pgkeep.operation.show.BackupListRequest;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep list}. */
@Command(
        description = "Lists backups, newest first: those of the configured database, or all of them.",
        footer = {
            "",
            "Examples:",
            "  pgkeep list",
            "  pgkeep list --kind daily --since 7d",
            "  pgkeep list --repo ~/old-dumps     any folder of dumps, whoever made them",
            "  pgkeep list --json"
        })
final class ListCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--sort", paramLabel = "BY", description = "age (default), size, name or kind")
    String sort = "age";

    @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind")
    @Nullable
    String kind;

    @Option(names = "--label", paramLabel = "TEXT", description = "Only those whose label holds this text")
    @Nullable
    String label;

    @Option(names = "--since", paramLabel = "SPAN", description = "Only those younger than this, for instance 7d")
    @Nullable
    String since;

    @Option(names = "--all", description = "Of every database in the repository")
    boolean all;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        BackupListRequest request = request(all ? Optional.empty() : pgkeep.databaseName());
        BackupList.Outcome found = pgkeep.backupList().run(request);
        if (global.json) {
            session.answer(ListJson.of(found.backups()));
        } else {
            print(session, pgkeep.repository().root(), found, request.database());
        }
        return ExitStatus.DONE;
    }

    private BackupListRequest request(Optional<String> database) {
        return new BackupListRequest(
                database,
                kind == null ? Optional.empty() : Optional.of(BackupCommand.kind(kind)),
                Optional.ofNullable(label),
                since == null ? Optional.empty() : Optional.of(span(since)),
                order());
    }

    private void print(Session session, Path repository, BackupList.Outcome found, Optional<String> database) {
        List<StoredBackup> backups = found.backups();
        int hidden = found.hidden();
        String of = database.map(name -> " of " + name).orElse("");
        if (backups.isEmpty()) {
            session.print("No backups" + of + " in " + repository + ".");
            session.say(
                    hidden > 0
                            ? Sizes.count(hidden, "other backup") + " there: pgkeep list --all"
                            : "Make one: pgkeep backup");
            return;
        }
        Instant now = session.surroundings().clock().instant();
        TextTable table = new TextTable("NAME", ">AGE", "KIND", "FORMAT", ">SIZE", ">NEW", "STATE");
        for (StoredBackup backup : backups) {
            table.row(
                    backup.name(),
                    Spans.age(backup.created(), now).replace("just ", ""),
                    backup.kind().map(Object::toString).orElse("–"),
                    backup.format() + partial(backup),
                    Sizes.text(backup.bytes()),
                    Sizes.text(backup.newBytes()),
                    state(session, backup));
        }
        boolean narrow = session.console().isInteractive()
                && table.width() > session.console().width();
        boolean shared = backups.stream().anyMatch(backup -> backup.newBytes() != backup.bytes());
        TextTable shown = shared ? table : table.without("NEW");
        (narrow ? shown.without("FORMAT") : shown).lines(session.style()).forEach(session::print);
        long bytes = backups.stream().mapToLong(StoredBackup::newBytes).sum();
        Instant oldest = backups.stream()
                .map(StoredBackup::created)
                .min(Comparator.naturalOrder())
                .orElse(now);
        Instant newest = backups.stream()
                .map(StoredBackup::created)
                .max(Comparator.naturalOrder())
                .orElse(now);
        session.say("");
        session.say(Sizes.count(backups.size(), "backup") + of + ", " + Sizes.text(bytes)
                + (backups.size() > 1
                        ? ", oldest " + Spans.ago(oldest, now) + ", newest " + Spans.ago(newest, now)
                        : "")
                + (hidden > 0 ? "; " + hidden + " more with --all" : ""));
    }

    private static String partial(StoredBackup backup) {
        return backup.summary().filter(summary -> !summary.isWhole()).isPresent() ? " (part)" : "";
    }

    private static String state(Session session, StoredBackup backup) {
        String pinned = backup.isPinned() ? " pinned" : "";
        String state = backup.state();
        return (switch (state) {
                    case "damaged" -> session.style().bad(state);
                    case "proven" -> session.style().good(state);
                    default -> state;
                })
                + pinned;
    }

    private static Duration span(String text) {
        return Spans.parse(text)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE, text + " is not a span of time", "for instance --since 7d or 36h"));
    }

    private BackupListRequest.Order order() {
        return switch (sort) {
            case "age" -> BackupListRequest.Order.AGE;
            case "size" -> BackupListRequest.Order.SIZE;
            case "name" -> BackupListRequest.Order.NAME;
            case "kind" -> BackupListRequest.Order.KIND;
            default ->
                throw new PgkeepException(
                        ErrorCode.USAGE, "cannot sort by " + sort, "--sort takes age, size, name or kind");
        };
    }
}
