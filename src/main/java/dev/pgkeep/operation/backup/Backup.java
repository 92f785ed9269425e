package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.progress.TimedProgress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.Fingerprint;
import dev.pgkeep.repository.PendingBackup;
import dev.pgkeep.repository.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Backs up a database: plan it, show the plan, run it. */
public final class Backup {
    /** The name of such runs in the history. */
    private static final String COMMAND = "backup";

    private final Connector connector;
    private final Supplier<ClientTools> tools;
    private final Repository repository;
    private final BackupSettings settings;
    private final RunContext context;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;
    private final PlanningSession planned = new PlanningSession();

    /** @param tools are waited for when they are needed */
    public Backup(
            Connector connector,
            Supplier<ClientTools> tools,
            Repository repository,
            BackupSettings settings,
            RunContext context) {
        this.connector = connector;
        this.tools = tools;
        this.repository = repository;
        this.settings = settings;
        this.context = context;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Looks at everything that is needed, before anything is started.
     *
     * @throws PgkeepException when the server, its tools, rights or space stand in the way
     */
    public BackupPlan plan(BackupRequest request, Target target) {
        try (PlanningSession session = new PlanningSession()) {
            return plan(request, target, session);
        }
    }

    private BackupPlan plan(BackupRequest request, Target target, PlanningSession session) {
        return new BackupPlanner(connector, tools, repository, settings, context).plan(request, target, session);
    }

    /**
     * Plans a backup that is to be made. When it cannot even be planned, for instance because the server is down, the
     * history of the repository says so, for that is where it is noticed that backups are missing. The session stays
     * open until {@link #run}.
     */
    public BackupPlan planToRun(BackupRequest request, Target target) {
        RecordedRun run = RecordedRun.of(context, COMMAND, target);
        try {
            return plan(request, target, planned);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.INTERRUPTED && isRepositoryThere()) {
                run.failed(e);
            }
            throw e;
        }
    }

    /** A first try with a wrong password is no reason to make one. */
    private boolean isRepositoryThere() {
        try {
            return repository.id().isPresent();
        } catch (PgkeepException e) {
            return false;
        }
    }

    /**
     * Makes the planned backup.
     *
     * @return its metadata, as stored
     * @throws PgkeepException when it failed; nothing of it is left then
     */
    public Manifest run(BackupPlan plan) {
        RecordedRun run = RecordedRun.of(context, COMMAND, plan.target());
        try (planned) {
            return run.run(() -> {
                Manifest made = makeOrExplain(plan);
                run.with(made.name(), made.bytes());
                made.reading().ifPresent(reading -> run.read(reading.bytesRead()));
                return run.end(new Done<>(made), done -> Sizes.count(done.rows(), "row"));
            });
        }
    }

    /**
     * Makes the backup that belongs to a change, before it or after it. Its name is told.
     *
     * @throws PgkeepException when it could not be planned or failed
     */
    public Manifest around(Kind kind, Target target) {
        Backup inner = withinAnother();
        BackupPlan plan = inner.plan(BackupRequest.of(kind), target, inner.planned);
        progress.note(
                (kind.word().startsWith("pre-") ? "first the safety backup, " : "backing up again, ") + plan.name());
        return inner.run(plan);
    }

    /** Where its time goes. */
    Phases phases() {
        return progress.phases();
    }

    /** The same, whose phases are not those of the run that it belongs to. */
    private Backup withinAnother() {
        return new Backup(
                connector,
                tools,
                repository,
                settings.awaited(),
                new RunContext(context.history(), clock, new TimedProgress(progress, new Phases()), cancellation));
    }

    private Manifest makeOrExplain(BackupPlan plan) {
        try {
            return make(plan);
        } catch (PgkeepException e) {
            throw repository.explained(e);
        }
    }

    private Manifest make(BackupPlan plan) {
        Instant started = clock.instant();
        progress.phases().during("prepare", repository::cleanUp).forEach(progress::note);
        try (FileLockHandle chunks =
                        plan.isChunked() ? repository.chunks().share(cancellation) : FileLockHandle.none();
                PendingBackup pending =
                        repository.begin(plan.name(), plan.request().name().isPresent())) {
            Dump.Result dumped = dump(plan, pending);
            Optional<Manifest.StoredFile> globals = dumpGlobals(plan, pending);
            progress.step("Writing to the disk");
            progress.phases().during("to the disk", pending::sync);
            List<Manifest.Copy> copies = check(plan, pending, dumped);
            try (Phases.Open open = progress.phases().begin("finish")) {
                Contradicted evidence = Contradicted.of(dumped.chunked());
                Manifest manifest = warned(
                        plan,
                        new ManifestDraft(plan, settings)
                                .manifest(pending.name(), dumped, copies, globals, started, clock.instant()),
                        evidence);
                pending.commit(manifest);
                markChecked(plan, manifest);
                evidence.keep(manifest.name(), repository, clock, progress);
                return manifest;
            }
        }
    }

    private Manifest warned(BackupPlan plan, Manifest draft, Contradicted evidence) {
        List<String> warnings = Stream.concat(
                        LostRows.warning(
                                draft, repository.list(), plan.request().amongAll())
                                .stream(),
                        evidence.warning().stream())
                .toList();
        warnings.forEach(progress::warn);
        return draft.warning(warnings);
    }

    /** The backups that this one may build on; they are looked through when its session is there. */
    private BaseChoice base(BackupPlan plan) {
        return new BaseChoice(
                plan.isChunked() ? repository.list() : List.of(),
                plan.target().database(),
                plan.request().full(),
                settings.fullEvery(),
                clock.instant());
    }

    private Dump.Result dump(BackupPlan plan, PendingBackup pending) {
        ChunkDestination destination = new ChunkDestination(repository.chunks()::store, base(plan));
        Dump dump = new Dump(plan, planned, connector, destination, settings, context);
        LockRetries retries = new LockRetries(settings.lockAttempts(), settings.lockPause());
        for (int attempt = 1; ; attempt++) {
            progress.step(attempt == 1 ? "Dumping " + plan.target().database() : "Dumping again");
            try {
                return dump.into(pending.folder(), pending.name());
            } catch (PgkeepException e) {
                pending.clear();
                switch (retries.after(attempt, e)) {
                    case LockRetries.Next.Over(PgkeepException failure) -> throw failure;
                    case LockRetries.Next.Again(String why, Duration pause) -> {
                        progress.warn(why);
                        pause(pause);
                    }
                }
            }
        }
    }

    private Optional<Manifest.StoredFile> dumpGlobals(BackupPlan plan, PendingBackup pending) {
        if (!plan.request().globals()) {
            return Optional.empty();
        }
        progress.step("Dumping roles and tablespaces");
        return Optional.of(progress.phases().during("roles", () -> new GlobalsDump(plan, cancellation).into(pending)));
    }

    private List<Manifest.Copy> check(BackupPlan plan, PendingBackup pending, Dump.Result dumped) {
        BackupCheck check = new BackupCheck(plan, dumped, progress, cancellation);
        List<Manifest.Copy> copies = new ArrayList<>();
        for (PlannedCopy copy : plan.copies()) {
            if (copy.format() == Format.CHUNKED) {
                // Its chunks were read back when they were written; nothing may lie in between.
                copies.add(Manifest.Copy.chunked(
                        copy.compression(), dumped.chunked().orElseThrow().chunks()));
                continue;
            }
            String file = copy.fileName(pending.name());
            if (plan.request().check()) {
                progress.step("Reading back " + file);
                progress.phases().during("read back", () -> check.check(copy, pending.data(file)));
            }
            copies.add(new Manifest.Copy(
                    copy.format(),
                    copy.compression(),
                    file,
                    Fingerprint.of(pending.folder(), pending.data(file), cancellation)));
        }
        return copies;
    }

    /** The backup is made and good: that a disk is too full for what is said about it does not make it a failure. */
    private void markChecked(BackupPlan plan, Manifest manifest) {
        if (plan.request().check()) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("rows", Long.toString(manifest.rows()));
            details.put("by", "backup");
            try {
                repository.mark(new Mark(manifest.name(), Mark.Type.CHECKED, clock.instant(), details));
            } catch (PgkeepException e) {
                progress.warn("that it was checked could not be noted: " + e.getMessage());
            }
        }
    }

    private void pause(Duration time) {
        try (var registration = cancellation.onCancel(Thread.currentThread()::interrupt)) {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw Cancellation.interrupted();
        }
    }
}
