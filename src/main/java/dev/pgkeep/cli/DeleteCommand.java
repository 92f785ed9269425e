package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.Swept;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pgkeep delete BACKUP…}. */
@Command(
        description = "Removes backups for good. A pinned one, and the newest good one of its database, want to be"
                + " named in full.",
        footer = {
            "",
            "Examples:",
            "  pgkeep delete shop_2026-11-20_143052",
            "  pgkeep delete shop_2026-11-01 shop_2026-11-02 --yes"
        })
final class DeleteCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(arity = "1..*", paramLabel = "BACKUP", description = "Names, or parts that fit exactly one")
    List<String> names = new ArrayList<>();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Repository repository = pgkeep.repository();
        BackupSelector selection = new BackupSelector(repository, pgkeep.databaseName());
        // One of which a dump is left goes the usual way.
        List<StoredBackup> lost = repository.lost().stream()
                .filter(each -> names.contains(each.name()) && each.data().isEmpty())
                .toList();
        List<StoredBackup> doomed = new ArrayList<>(lost);
        names.stream()
                .filter(name -> lost.stream().noneMatch(each -> each.name().equals(name)))
                .map(selection::find)
                .distinct()
                .forEach(doomed::add);
        doomed.stream().filter(backup -> !lost.contains(backup)).forEach(backup -> guard(repository, backup));
        doomed.forEach(backup ->
                session.say("  " + backup.name() + "  " + Sizes.text(backup.bytes()) + "  " + backup.state()));
        if (!session.options().yes) {
            session.question().confirm("delete " + Sizes.count(doomed.size(), "backup"), "yes");
        }
        remove(pgkeep, doomed);
        Swept swept = repository.sweep(false, session.cancellation());
        swept.reason().ifPresent(session.progress()::warn);
        long files = doomed.stream().mapToLong(StoredBackup::fileBytes).sum();
        session.say("Deleted " + Sizes.count(doomed.size(), "backup") + ", " + Sizes.text(files + swept.bytes())
                + " freed.");
        return ExitStatus.DONE;
    }

    private static void remove(Pgkeep pgkeep, List<StoredBackup> doomed) {
        String database = doomed.getFirst().database().orElse("");
        RecordedRun run = RecordedRun.of(pgkeep.context(), "delete", database);
        run.run(() -> {
            run.beginRemoving(doomed.stream().map(StoredBackup::name).toList());
            doomed.forEach(pgkeep.repository()::remove);
            return run.end(new Done<>(doomed), DeleteCommand::said);
        });
    }

    private static String said(List<StoredBackup> removed) {
        return "removed " + removed.stream().map(StoredBackup::name).collect(Collectors.joining(", "));
    }

    private void guard(Repository repository, StoredBackup backup) {
        boolean named = names.contains(backup.name());
        if (backup.isPinned()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    backup.name() + " is pinned",
                    "first: pgkeep unpin " + ShellWords.word(backup.name()));
        }
        if (!named && isNewestGood(repository, backup)) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    backup.name() + " is the newest good backup of its database",
                    "if you really mean it, write its whole name: pgkeep delete " + ShellWords.word(backup.name()));
        }
    }

    private static boolean isNewestGood(Repository repository, StoredBackup backup) {
        Optional<StoredBackup> newest = repository.list().stream()
                .filter(each -> each.database().equals(backup.database()) && each.isChecked())
                .findFirst();
        return newest.filter(each -> each.name().equals(backup.name())).isPresent();
    }
}
