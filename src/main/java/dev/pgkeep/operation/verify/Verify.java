package dev.pgkeep.operation.verify;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.PartitionRows;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.RunOutcome.Reported;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveVersion;
import dev.pgkeep.postgres.dump.DumpContents;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.Archive;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Fingerprint;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Examines backups and records what was found. */
public final class Verify {
    private final ClientTools tools;
    private final Repository repository;
    private final ScratchRestore scratch;
    private final RunContext context;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public Verify(ClientTools tools, Repository repository, ScratchRestore scratch, RunContext context) {
        this.tools = tools;
        this.repository = repository;
        this.scratch = scratch;
        this.context = context;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Examines backups one after the other, as one run of the history.
     *
     * @param database whose backups they are; empty when that is not known
     * @param told hears of each verdict as soon as it is there
     * @return the verdicts, in the order of the backups
     * @throws PgkeepException as for a single one
     */
    public List<VerifyResult> runAll(
            String database,
            List<StoredBackup> backups,
            Depth depth,
            Optional<Target> server,
            List<String> smoke,
            Consumer<VerifyResult> told) {
        RecordedRun run = RecordedRun.of(context, "verify", database);
        if (backups.size() == 1) {
            run.with(backups.getFirst().name(), backups.getFirst().bytes());
        }
        return run.run(() -> {
            List<VerifyResult> verdicts = new ArrayList<>();
            List<PgkeepException> unread = new ArrayList<>();
            for (StoredBackup each : backups) {
                verdict(each, backups.size() > 1, depth, server, smoke, unread).ifPresent(verdict -> {
                    verdicts.add(verdict);
                    told.accept(verdict);
                });
            }
            if (!unread.isEmpty() && verdicts.stream().allMatch(VerifyResult::isGood)) {
                throw unread.getFirst();
            }
            return run.end(outcome(verdicts), Verify::said);
        });
    }

    /**
     * Empty when it is one of several, and another run removed it meanwhile, or no program here may read it: the others
     * are examined all the same.
     */
    private Optional<VerifyResult> verdict(
            StoredBackup backup,
            boolean oneOfSeveral,
            Depth depth,
            Optional<Target> server,
            List<String> smoke,
            List<PgkeepException> unread) {
        try {
            return Optional.of(run(backup, depth, server, smoke));
        } catch (PgkeepException e) {
            if (oneOfSeveral && e.code() == ErrorCode.TOOLS_TOO_OLD) {
                progress.warn(e.getMessage());
                unread.add(e);
                return Optional.empty();
            }
            if (!oneOfSeveral || e.code() != ErrorCode.BACKUP_IN_USE && !isGone(backup)) {
                throw e;
            }
            progress.note(backup.name() + " was removed meanwhile");
            return Optional.empty();
        }
    }

    private static boolean isGone(StoredBackup backup) {
        return backup.metadata().filter(Files::notExists).isPresent();
    }

    private static RunOutcome<List<VerifyResult>> outcome(List<VerifyResult> verdicts) {
        List<String> bad = verdicts.stream()
                .filter(verdict -> !verdict.isGood())
                .map(VerifyResult::backup)
                .toList();
        return bad.isEmpty()
                ? new Done<>(verdicts)
                : new Reported<>(
                        verdicts,
                        damaged(bad.size() + " of " + Sizes.count(verdicts.size(), "backup") + " "
                                + (bad.size() == 1 ? "is" : "are") + " damaged: " + String.join(", ", bad)));
    }

    private static String said(List<VerifyResult> verdicts) {
        return Sizes.count(verdicts.size(), "backup")
                + (verdicts.isEmpty() ? "" : " " + verdicts.getFirst().state().word());
    }

    /**
     * Examines one backup.
     *
     * @param server where a scratch database may be made; needed for {@link Depth#RESTORE} alone
     * @param smoke questions that the restored database must answer
     * @throws PgkeepException only for what is not the backup's fault: a server that cannot be reached, an interruption
     */
    public VerifyResult run(StoredBackup backup, Depth depth, Optional<Target> server, List<String> smoke) {
        Instant started = clock.instant();
        try (FileLockHandle lease = repository.lease(backup)) {
            Found found = examine(backup, depth, server, smoke);
            VerifyResult verdict =
                    new VerifyResult(backup.name(), found.state, null, found.tables, found.rows, seconds(started));
            mark(verdict);
            return verdict;
        } catch (PgkeepException e) {
            if (!isFaultOfTheBackup(e) || isGone(backup)) {
                throw e;
            }
            VerifyResult verdict =
                    new VerifyResult(backup.name(), VerifyResult.State.DAMAGED, e.getMessage(), 0, 0, seconds(started));
            mark(verdict);
            return verdict;
        }
    }

    private static boolean isFaultOfTheBackup(PgkeepException e) {
        return e.code().exitStatus() == ExitStatus.DAMAGED
                || e.code() == ErrorCode.FORMAT_UNKNOWN
                || e.code() == ErrorCode.SCRIPT_REFUSED;
    }

    private Found examine(StoredBackup backup, Depth depth, Optional<Target> server, List<String> smoke) {
        progress.step("Examining " + backup.name());
        backup.problem().ifPresent(problem -> {
            throw damaged(problem);
        });
        Optional<Manifest> manifest = progress.phases()
                .during("metadata", () -> backup.isOurs() ? Optional.of(manifest(backup)) : Optional.<Manifest>empty());
        Found found = new Found(VerifyResult.State.LOOKED_AT, 0, 0);
        if (manifest.isPresent() && RestoreSource.of(repository, backup) instanceof ChunkedSource chunked) {
            // A proof reads every chunk by itself, and more than once.
            ChunkExamination chunks = new ChunkExamination(chunked, progress, cancellation);
            found = switch (depth) {
                case QUICK -> progress.phases().during("look", chunks::look);
                case FULL -> progress.phases().during("read", chunks::read);
                case RESTORE -> found;
            };
        }
        for (Path path : backup.data()) {
            DumpFile dump = DumpFile.recognise(path);
            DumpReader reader = new DumpReader(
                    () -> tools.chooseForRestore(
                            new Archive(
                                    backup.name(),
                                    ArchiveVersion.of(dump),
                                    manifest.map(each -> each.tools().pgDump()).flatMap(Version::parse),
                                    manifest.isPresent() || !dump.format().isArchive()),
                            new Version(0, 0)),
                    cancellation);
            if (depth == Depth.QUICK) {
                found = progress.phases().during("look", () -> look(dump, reader));
            } else {
                found = progress.phases().during("read", () -> read(path, dump, reader, manifest));
            }
        }
        return depth == Depth.RESTORE ? prove(backup, server, smoke) : found;
    }

    /** A listing reads its beginning only: what follows may be damaged all the same. */
    private Manifest manifest(StoredBackup backup) {
        try {
            return repository.manifest(backup);
        } catch (PgkeepException e) {
            throw e.code() == ErrorCode.REPOSITORY_INVALID ? damaged(e.getMessage()) : e;
        }
    }

    private static Found look(DumpFile dump, DumpReader reader) {
        int tables = dump.format().isArchive()
                ? reader.list(dump).ofType("TABLE DATA").size()
                : 0;
        return new Found(VerifyResult.State.LOOKED_AT, tables, 0);
    }

    private Found read(Path path, DumpFile dump, DumpReader reader, Optional<Manifest> manifest) {
        manifest.flatMap(each -> copyAt(each, path))
                .ifPresent(copy -> copy.files().forEach(this::compare));
        DumpContents contents = reader.scan(dump, progress);
        manifest.ifPresent(each -> compareRows(each, contents));
        return new Found(VerifyResult.State.CHECKED, contents.rows().size(), contents.totalRows());
    }

    private Found prove(StoredBackup backup, Optional<Target> server, List<String> smoke) {
        RestoreSource source = RestoreSource.of(repository, backup);
        Target target = server.orElseThrow(() -> new PgkeepException(
                ErrorCode.CONNECTION_UNKNOWN,
                "there is no server for a scratch database",
                "set DATABASE_URL or TEST_DATABASE_URL, or use --on temporary"));
        Comparison comparison = scratch.run(source, target, smoke);
        return new Found(VerifyResult.State.PROVEN, comparison.tables(), comparison.rows());
    }

    private Optional<Manifest.Copy> copyAt(Manifest manifest, Path path) {
        return manifest.copies().stream()
                .filter(copy -> repository.root().resolve(copy.path()).equals(path))
                .findFirst();
    }

    private void compare(Manifest.StoredFile file) {
        Path path = repository.root().resolve(file.path());
        if (!Files.exists(path)) {
            throw damaged(file.path() + " is missing");
        }
        Manifest.StoredFile found = Fingerprint.ofFile(repository.root(), path, cancellation);
        if (!found.equals(file)) {
            throw damaged(file.path() + " does not have the length and checksum that its metadata says");
        }
    }

    private static void compareRows(Manifest manifest, DumpContents contents) {
        Map<TableName, Long> expected = new TreeMap<>();
        Map<TableName, TableName> roots = new TreeMap<>();
        for (Manifest.Table table : manifest.tables()) {
            if (table.hasRows()) {
                expected.put(table.tableName(), table.rows());
            }
            if (table.partitionOf() != null) {
                roots.put(table.tableName(), table.partitionOf());
            }
        }
        Set<TableName> named = contents.rows().keySet();
        if (!PartitionRows.added(contents.rows(), roots, named).equals(PartitionRows.added(expected, roots, named))) {
            throw damaged("it does not hold the rows that its metadata says");
        }
    }

    private void mark(VerifyResult verdict) {
        Optional<Mark.Type> type = switch (verdict.state()) {
            case CHECKED -> Optional.of(Mark.Type.CHECKED);
            case PROVEN -> Optional.of(Mark.Type.PROVEN);
            case DAMAGED -> Optional.of(Mark.Type.DAMAGED);
            case LOOKED_AT -> Optional.empty();
        };
        try (Phases.Open open = progress.phases().begin("mark")) {
            type.ifPresent(
                    each -> repository.mark(new Mark(verdict.backup(), each, clock.instant(), details(verdict))));
        } catch (PgkeepException e) {
            // Somebody else's repository may be read all the same; the verdict stands.
            progress.warn("what was found could not be noted: " + e.getMessage());
        }
    }

    private static Map<String, String> details(VerifyResult verdict) {
        Map<String, String> details = new TreeMap<>();
        details.put("tables", Integer.toString(verdict.tables()));
        details.put("rows", Long.toString(verdict.rows()));
        details.put("seconds", Double.toString(verdict.seconds()));
        if (verdict.problem() != null) {
            details.put("problem", verdict.problem());
        }
        return details;
    }

    private double seconds(Instant started) {
        return Duration.between(started, clock.instant()).toMillis() / 1000.0;
    }

    static PgkeepException damaged(String what) {
        return new PgkeepException(ErrorCode.BACKUP_DAMAGED, what, "choose another backup: pgkeep list");
    }

    /** The findings of an examination. */
    record Found(VerifyResult.State state, int tables, long rows) {}
}
