package dev.pgkeep.cli;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RowsRestoreJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.SectionState;
import dev.pgkeep.postgres.relations.Relation;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows what putting rows back would do, and what became of it; for {@code rows restore} and {@code undo}. */
final class RowsRestoreScreen {
    private final Session session;
    private final DestructiveConfirmation danger;

    RowsRestoreScreen(Session session, DestructiveConfirmation danger) {
        this.session = session;
        this.danger = danger;
    }

    /**
     * @param called how the document was called, for the line that does it
     * @param restore asks and puts them back
     */
    ExitStatus run(RestorePreview preview, String called, boolean execute, Supplier<Optional<RestoreOutcome>> restore) {
        announce(preview, danger.protection(preview.target(), preview.marked()));
        if (preview.isIdle() || !execute) {
            if (session.options().json) {
                session.document(Json.text(RowsRestoreJson.planned(preview)));
            }
            session.say(
                    preview.isIdle()
                            ? "Every row is there as the document has it: there is nothing to put back."
                            : "Nothing was changed. To put them back: pgkeep rows restore " + ShellWords.word(called)
                                    + " --execute");
            return ExitStatus.DONE;
        }
        restore.get().ifPresent(outcome -> {
            if (session.options().json) {
                session.document(Json.text(RowsRestoreJson.done(preview, outcome)));
            } else {
                summary(preview, outcome);
            }
        });
        return ExitStatus.DONE;
    }

    private void announce(RestorePreview preview, Optional<String> protection) {
        var head = preview.document().head();
        session.say(session.style().bold("Rows back into " + preview.target().database()));
        session.say(new Facts()
                .add("from", preview.target().origin())
                .add("server", Facts.server(preview.target(), preview.serverVersion()))
                .add("protected", protection)
                .add(
                        "document",
                        session.path(preview.file()) + ", whole, "
                                + Sizes.count(preview.document().rows(), "row"))
                .add(
                        "written by",
                        head.reason() + " of " + head.database() + ", " + TimeArguments.text(head.created())
                                + (head.database().equals(preview.target().database())
                                        ? ""
                                        : ": another database than this"))
                .lines(session.style()));
        session.say("");
        TextTable table = new TextTable("TABLE", ">ROWS", ">COME BACK", ">ARE THERE", ">IN CONFLICT");
        for (SectionState each : preview.sections()) {
            table.row(
                    Relation.shown(each.section().table())
                            + each.section()
                                    .change()
                                    .map(change -> " (" + String.join(", ", change.sets()) + ")")
                                    .orElse(""),
                    Sizes.count(each.rows()),
                    Sizes.count(each.missing()),
                    Sizes.count(each.identical()),
                    Sizes.count(each.conflicting() + each.lost()));
        }
        session.say(table.lines(session.style()));
        preview.sections()
                .forEach(each -> each.samples()
                        .forEach(sample -> session.say("  in conflict: "
                                + Relation.shown(each.section().table()).toLowerCase(Locale.ROOT) + " " + sample)));
        preview.notes().forEach(session.progress()::note);
        preview.obstacles().forEach(session.progress()::warn);
        session.say("");
    }

    private void summary(RestorePreview preview, RestoreOutcome outcome) {
        session.conclude(session.style().good("✓ ")
                + session.style().bold(Sizes.count(outcome.inserted(), "row")) + " back in "
                + preview.target().database() + ", compared with the document");
        session.say(new Facts()
                .add("changed back", count(outcome.updated()))
                .add("written over", count(outcome.overwritten()))
                .add("left out", count(outcome.skipped()))
                .add(
                        "sequences",
                        Optional.of(outcome.sequences() + " went forward").filter(text -> outcome.sequences() > 0))
                .add("safety backup", outcome.safetyBackup())
                .lines(session.style()));
        outcome.notes().forEach(session.progress()::warn);
    }

    private static Optional<String> count(long rows) {
        return rows == 0 ? Optional.empty() : Optional.of(Sizes.count(rows, "row"));
    }
}
