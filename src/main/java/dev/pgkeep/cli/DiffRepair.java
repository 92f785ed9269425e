package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RowsRestoreJson;
import dev.pgkeep.operation.diff.DiffResult;
import dev.pgkeep.operation.diff.RepairRows;
import dev.pgkeep.operation.diff.RowRepair;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.postgres.relations.Relation;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows which rows would be put back, asks, and does it; for {@code diff --repair}. */
final class DiffRepair {
    private final Session session;
    private final Pgkeep pgkeep;
    private final boolean allowProtected;

    DiffRepair(Session session, Pgkeep pgkeep, boolean allowProtected) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.allowProtected = allowProtected;
    }

    ExitStatus run(DiffResult result, RepairRows lost, ChunkedSource source, boolean dryRun) {
        new DiffReport(session).print(result);
        session.say("");
        lost.withoutKey()
                .forEach((table, rows) -> session.progress()
                        .warn(Relation.shown(table) + " has no key: its " + Sizes.count(rows, "row")
                                + " are left out; for them: pgkeep diff " + ShellWords.word(result.first()) + " -t "
                                + ShellWords.word(Relation.shown(table)) + " --sql"));
        try (RowRepair mending = pgkeep.rowRepair(lost, source.metadata(), pgkeep.target())) {
            RestorePreview preview = mending.look();
            if (!preview.obstacles().isEmpty()) {
                preview.obstacles().forEach(session.progress()::warn);
                throw new PgkeepException(
                        ErrorCode.PREFLIGHT_FAILED,
                        "the rows cannot be put back: " + String.join("; ", preview.obstacles()),
                        "where they refer to other tables, choose these as well, with -t; otherwise: pgkeep diff "
                                + ShellWords.word(result.first()) + " --sql shows what differs");
            }
            long rows = preview.missing() + preview.conflicting();
            if (rows == 0 || dryRun) {
                if (session.options().json) {
                    session.document(Json.text(RowsRestoreJson.planned(preview)));
                }
                session.say(
                        rows == 0
                                ? "There is nothing to put back."
                                : "Dry run: " + Sizes.count(preview.missing(), "row") + " would come back, "
                                        + Sizes.count(preview.conflicting()) + " would be changed back.");
                return ExitStatus.DONE;
            }
            String what = rows(preview.missing(), preview.conflicting(), "put %s back", "change %s back") + " in "
                    + preview.target().database();
            DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected);
            session.say(new Facts()
                    .add(
                            "into",
                            preview.target().database() + ", from "
                                    + preview.target().origin())
                    .add("server", preview.target().describeServer() + ", PostgreSQL " + preview.serverVersion())
                    .add("protected", danger.protection(preview.target(), preview.marked()))
                    .add("comes back", count(preview.missing()).map(text -> text + " of " + result.first()))
                    .add("changed back", count(preview.conflicting()))
                    .add("first", "a safety backup of " + preview.target().database())
                    .lines(session.style()));
            preview.notes().forEach(session.progress()::note);
            RestoreOutcome outcome = mending.run(preview, what, danger);
            if (session.options().json) {
                session.document(Json.text(RowsRestoreJson.done(preview, outcome)));
            } else {
                session.conclude(session.style().good("✓ ")
                        + rows(outcome.inserted(), outcome.overwritten(), "%s back", "%s changed back")
                        + " in "
                        + session.style().bold(preview.target().database()) + ", compared with the backup");
                session.say("Not what you wanted? pgkeep undo goes back to how it was.");
            }
            outcome.notes().forEach(session.progress()::warn);
            return ExitStatus.DONE;
        }
    }

    private static String rows(long missing, long changed, String back, String changedBack) {
        return Stream.of(count(missing).map(back::formatted), count(changed).map(changedBack::formatted))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
    }

    private static Optional<String> count(long rows) {
        return rows == 0 ? Optional.empty() : Optional.of(Sizes.count(rows, "row"));
    }
}
