package dev.pgkeep.app;

import dev.pgkeep.app.config.ConnectionText;
import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.app.config.Settings;
import dev.pgkeep.app.config.SettingsReader;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.appcommand.CommandPlaces;
import dev.pgkeep.operation.appcommand.CommandStage;
import dev.pgkeep.operation.appcommand.ConfiguredCommand;
import dev.pgkeep.operation.appcommand.ConfiguredCommands;
import dev.pgkeep.operation.backup.Backup;
import dev.pgkeep.operation.backup.BackupDatabase;
import dev.pgkeep.operation.backup.BackupSettings;
import dev.pgkeep.operation.backup.EveryDatabase;
import dev.pgkeep.operation.cleanup.Cleanup;
import dev.pgkeep.operation.confirm.ConfiguredProtection;
import dev.pgkeep.operation.diff.Diff;
import dev.pgkeep.operation.diff.RepairRequest;
import dev.pgkeep.operation.diff.RepairRows;
import dev.pgkeep.operation.diff.RowRepair;
import dev.pgkeep.operation.doctor.Doctor;
import dev.pgkeep.operation.export.Export;
import dev.pgkeep.operation.guard.Guard;
import dev.pgkeep.operation.guard.GuardSettings;
import dev.pgkeep.operation.guard.GuardedRun;
import dev.pgkeep.operation.init.Init;
import dev.pgkeep.operation.protect.Protect;
import dev.pgkeep.operation.refresh.Refresh;
import dev.pgkeep.operation.refresh.RefreshDatabase;
import dev.pgkeep.operation.refresh.RefreshSources;
import dev.pgkeep.operation.refresh.RefreshSteps;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.operation.repair.Repair;
import dev.pgkeep.operation.reset.Reset;
import dev.pgkeep.operation.reset.SeedCommand;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreDatabase;
import dev.pgkeep.operation.restore.RestoreSteps;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.ScratchServer;
import dev.pgkeep.operation.restore.rehearsal.RehearsedSafetyBackup;
import dev.pgkeep.operation.restore.rehearsal.WayBackRehearsal;
import dev.pgkeep.operation.restore.source.SourceFinder;
import dev.pgkeep.operation.retention.Delete;
import dev.pgkeep.operation.retention.KeepRules;
import dev.pgkeep.operation.retention.Pin;
import dev.pgkeep.operation.retention.Prune;
import dev.pgkeep.operation.retention.RetentionAfterBackup;
import dev.pgkeep.operation.rows.RowsDocuments;
import dev.pgkeep.operation.rows.RowsExport;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.rows.StoredExport;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.operation.show.BackupList;
import dev.pgkeep.operation.show.ServerContents;
import dev.pgkeep.operation.show.Show;
import dev.pgkeep.operation.show.Versions;
import dev.pgkeep.operation.undo.KeptDatabaseExpiry;
import dev.pgkeep.operation.undo.SwapBack;
import dev.pgkeep.operation.undo.Undo;
import dev.pgkeep.operation.undo.UndoOperations;
import dev.pgkeep.operation.verify.Verify;
import dev.pgkeep.operation.verify.VerifyBackups;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.inspection.Inspection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: everything wired together for one run. Parts are made when they are asked for, so that a
 * listing starts fast.
 */
public final class Pgkeep {
    private static final Duration LOCK_PAUSE = Duration.ofSeconds(1);

    private final Sources sources;
    private final Settings settings;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Optional<String> database;
    private final Connector connector;
    private final AtomicReference<@Nullable Repository> repository;
    private final AtomicReference<@Nullable ToolSearch> search;

    private Pgkeep(Sources sources, Settings settings, Clock clock, Progress progress, Cancellation cancellation) {
        this.sources = sources;
        this.settings = settings;
        this.database = Optional.empty();
        this.repository = new AtomicReference<>();
        this.search = new AtomicReference<>();
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
        this.connector = new Connector(cancellation);
    }

    /** Wires the same run for another database, with the repository that the first one opened. */
    private Pgkeep(Pgkeep first, String database) {
        this.sources = first.sources;
        this.settings = first.settings;
        this.database = Optional.of(database);
        this.repository = first.repository;
        this.search = first.search;
        this.clock = first.clock;
        this.progress = first.progress;
        this.cancellation = first.cancellation;
        this.connector = new Connector(cancellation);
    }

    /** @throws PgkeepException CONFIG_INVALID naming every problem of the configuration */
    public static Pgkeep open(Sources sources, Clock clock, Progress progress, Cancellation cancellation) {
        return new Pgkeep(sources, SettingsReader.read(sources), clock, progress, cancellation);
    }

    /** This run for another database of the configured server. */
    public Pgkeep onDatabase(String name) {
        return new Pgkeep(this, name);
    }

    /**
     * This run in the same folder, environment and trust with other flags: for another profile, or another database.
     */
    public Pgkeep with(Map<String, String> flags) {
        Sources other =
                new Sources(sources.environment(), sources.workingDirectory(), sources.home(), flags, sources.trust());
        return open(other, clock, progress, cancellation);
    }

    /** The databases that the configuration protects. */
    public ConfiguredProtection protection() {
        return new ProtectedProfiles(this);
    }

    public Settings settings() {
        return settings;
    }

    public Sources sources() {
        return sources;
    }

    public Clock clock() {
        return clock;
    }

    /** What the server that was reached last says it is; empty when none was. */
    public Optional<String> serverVersion() {
        return connector.serverVersion();
    }

    public Connector connector() {
        return connector;
    }

    /** The repository of this run, the same one every time: it knows the folder that this run began in. */
    public Repository repository() {
        Repository known = repository.get();
        if (known != null) {
            return known;
        }
        Repository opened = Repository.open(settings.repository(), clock).readingMoney(settings.moneyLocale());
        return repository.compareAndSet(null, opened) ? opened : Objects.requireNonNull(repository.get());
    }

    /** The client programs of this run, looked for once. */
    public ClientTools tools() {
        return search().result(progress.phases());
    }

    /** The search for client programs; whether a folder that a file names may be used is asked here. */
    private ToolSearch search() {
        ToolSearch known = search.get();
        if (known != null) {
            return known;
        }
        ToolSearch made = new ToolSearch(
                sources.environment(), settings.clientTools().map(Entrusted::allowed), settings.allowOldClient());
        return search.compareAndSet(null, made) ? made : Objects.requireNonNull(search.get());
    }

    /**
     * The configured database; what is odd about its text is told as notes.
     *
     * @throws PgkeepException CONNECTION_UNKNOWN, CONNECTION_INVALID
     */
    public Target target() {
        Target target = read(settings.requireConnection());
        return database.map(target::withDatabase).orElse(target);
    }

    /** The database where restores and proofs go, where one is set apart for them. */
    public Optional<Target> testTarget() {
        return settings.connections().test().map(this::read);
    }

    /** A database given on the command line: a URL, or the name of another database on the configured server. */
    public Target targetNamed(String text, String origin) {
        return text.contains("://") || text.contains("=")
                ? read(new ConnectionText(text, origin))
                : target().withDatabase(text);
    }

    /** The name of the configured database, if one is configured at all. */
    public Optional<String> databaseName() {
        if (database.isPresent()) {
            return database;
        }
        return settings.connection()
                .map(connection -> TargetReader.read(
                                connection.text(),
                                settings.connections().environment(),
                                sources.home(),
                                connection.origin())
                        .target()
                        .database());
    }

    public Backup backup() {
        search().begin();
        return new Backup(connector, this::tools, repository(), backupSettings(), context());
    }

    /** Backs up with all that belongs to it. */
    public BackupDatabase backupDatabase() {
        return new BackupDatabase(backup(), retentionAfterBackup(), keptDatabases()::expireBeside);
    }

    /** The databases that {@code backup --all} backs up where the configuration has no profiles. */
    public EveryDatabase everyDatabase() {
        return new EveryDatabase(connector);
    }

    private RunContext context() {
        return new RunContext(repository().history(), clock, progress, cancellation);
    }

    private SafetyBackup safety(Kind kind) {
        return new RehearsedSafetyBackup(target -> backup().around(kind, target).name(), wayBack());
    }

    private WayBackRehearsal wayBack() {
        return new WayBackRehearsal(connector, this::tools, progress, cancellation);
    }

    public Restore restore() {
        return new Restore(
                connector, this::tools, repository(), safety(Kind.PRE_RESTORE), sources.workingDirectory(), context());
    }

    /**
     * Restores with all that belongs to it.
     *
     * @param stage where commands of the application are shown
     * @param migrate whether the configured migrate command runs on what was loaded
     * @throws PgkeepException USAGE when it is to run and none is configured
     */
    public RestoreDatabase restoreDatabase(CommandStage stage, boolean migrate) {
        Settings.Commands configured = settings.commands();
        RestoreSteps steps = new RestoreSteps(
                migrate ? Optional.of(requiredMigration()) : Optional.empty(),
                settings.smoke()::allowed,
                configured.afterRestore().map(Pgkeep::command),
                commands(stage));
        return new RestoreDatabase(
                restore(), sourceFinder(), connector, keptDatabases()::expireBeside, steps, progress);
    }

    /** Runs commands that the configuration names; they are shown on that stage. */
    public ConfiguredCommands commands(CommandStage stage) {
        return new ConfiguredCommands(commandPlaces(), stage, progress, cancellation);
    }

    private ConfiguredCommand requiredMigration() {
        return settings.commands()
                .migrate()
                .map(Pgkeep::command)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.USAGE,
                        "--migrate was given, and no migrate command is configured",
                        "for instance in pgkeep.toml: commands.migrate = \"npx prisma migrate deploy\""));
    }

    private static ConfiguredCommand command(Entrusted<String> configured) {
        return new ConfiguredCommand(configured.shown(), configured::allowed);
    }

    /** Finds what is to be restored, among the backups of the configured database. */
    public SourceFinder sourceFinder() {
        return new SourceFinder(repository(), databaseName(), sources.workingDirectory(), clock, progress);
    }

    /**
     * The configured commands that fill an empty database, in the order in which they run.
     *
     * @param stage where they are shown
     * @throws PgkeepException CONFIG_UNTRUSTED
     */
    public List<SeedCommand> seedCommands(CommandStage stage, boolean migrate, boolean seed) {
        ConfiguredCommands commands = commands(stage);
        Settings.Commands configured = settings.commands();
        return Stream.concat(
                        configured.migrate().filter(line -> migrate).stream()
                                .map(line ->
                                        SeedCommand.of("migrate", command(line).allowed(), commands)),
                        configured.seed().filter(line -> seed).stream()
                                .map(line ->
                                        SeedCommand.of("seed", command(line).allowed(), commands)))
                .toList();
    }

    public Reset reset() {
        return new Reset(
                connector,
                repository(),
                safety(Kind.PRE_RESET),
                migrationsQuery(),
                settings.safety().keepOld(),
                context());
    }

    public Cleanup cleanup() {
        return new Cleanup(connector, repository(), safety(Kind.PRE_CLEANUP), context());
    }

    public RowsRestore rowsRestore() {
        return new RowsRestore(connector, safety(Kind.PRE_RESTORE), context());
    }

    /** Finds documents of rows, in the repository and beside it. */
    public RowsDocuments rowsDocuments() {
        return new RowsDocuments(repository().rows().list(), sources.workingDirectory());
    }

    public Diff diff() {
        ScratchRestore scratch = new ScratchRestore(connector, tools(), repository(), progress, cancellation);
        return new Diff(connector, repository(), scratch, progress, cancellation);
    }

    /** Puts rows back that a comparison found to be lost. */
    public RowRepair rowRepair(RepairRows lost, Manifest backup, Target target) {
        return new RowRepair(
                new RepairRequest(lost, backup, target), connector, repository(), safety(Kind.PRE_RESTORE), context());
    }

    public RowsExport rowsExport() {
        return new RowsExport(connector, clock, progress, cancellation);
    }

    /** Rows out of stored backups. */
    public StoredExport storedExport() {
        return new StoredExport(connector, clock, progress, cancellation);
    }

    public Refresh refresh() {
        return new Refresh(connector, tools(), safety(Kind.PRE_RESTORE), sources.workingDirectory(), context());
    }

    /**
     * Refreshes with all that belongs to it.
     *
     * @param stage where commands of the application are shown
     * @param migrate whether the configured migrate command runs afterwards, where there is one
     */
    public RefreshDatabase refreshDatabase(CommandStage stage, boolean migrate) {
        Settings.Commands configured = settings.commands();
        RefreshSteps steps = new RefreshSteps(
                configured.migrate().filter(line -> migrate).map(Pgkeep::command),
                configured.afterRestore().map(Pgkeep::command));
        // Without a secret, hashes are good for one refresh: the same in every table, others the next time.
        MaskingKey key = settings.refresh()
                .maskSecret()
                .map(secret -> MaskingKey.of(secret.reveal()))
                .orElseGet(MaskingKey::random);
        return new RefreshDatabase(refresh(), settings.refresh().masks(), key, protection(), commands(stage), steps);
    }

    /** The reader of what {@code refresh.from} means. */
    public RefreshOrigin refreshOrigin(Target target) {
        return new RefreshOrigin(this, target);
    }

    /**
     * Runs commands that change the database.
     *
     * @param identity how others on the server may know this run: host and process
     * @param clearStage makes the terminal ready for what a command prints
     */
    public Guard guard(String identity, Runnable clearStage) {
        GuardedRun run = new GuardedRun(
                connector,
                repository(),
                (kind, database) -> backup().around(kind, database),
                restore(),
                new GuardSettings(sources.workingDirectory(), migrationsQuery(), identity, clearStage),
                context());
        return new Guard(
                run,
                this::tools,
                made -> retentionAfterBackup().run(made),
                target -> wayBack().doubt(target).ifPresent(progress::warn));
    }

    public Protect protect() {
        return new Protect(connector);
    }

    public BackupList backupList() {
        return new BackupList(repository(), clock);
    }

    public Show show() {
        return new Show(repository(), this::tools, cancellation);
    }

    public Repair repair() {
        return new Repair(repository(), progress, cancellation);
    }

    public ServerContents serverContents() {
        return new ServerContents(connector);
    }

    public Versions versions() {
        return new Versions(connector);
    }

    public Delete delete() {
        return new Delete(repository(), context());
    }

    public Pin pin() {
        return new Pin(repository(), clock);
    }

    public Prune prune() {
        return new Prune(repository(), context());
    }

    /** The configured rules of retention. */
    public KeepRules keepRules() {
        Settings.Retention retention = settings.retention();
        return new KeepRules(
                retention.keepLast(), retention.olderThan(), retention.kind().map(Kind::of));
    }

    private RetentionAfterBackup retentionAfterBackup() {
        return new RetentionAfterBackup(repository(), keepRules(), context());
    }

    /** The sources that a refresh can take its backup from. */
    public RefreshSources refreshSources() {
        return new RefreshSources(repository(), clock, progress, cancellation);
    }

    /** @throws PgkeepException CONFIG_UNTRUSTED */
    public Optional<String> migrationsQuery() {
        return settings.migrationsQuery().map(Entrusted::allowed);
    }

    /** The command that most likely migrates the project in the working folder, by what lies there. */
    public Optional<String> likelyMigration() {
        return Init.project(sources.workingDirectory()).migrate();
    }

    public SwapBack swapBack() {
        return new SwapBack(connector, context());
    }

    /** Goes back to before the last change; commands of the application are shown on that stage. */
    public Undo undo(CommandStage stage) {
        return new Undo(
                repository(),
                connector,
                sourceFinder(),
                keptDatabases(),
                new UndoOperations(swapBack(), rowsRestore(), restoreDatabase(stage, false)),
                settings.safety().keepOld());
    }

    /** The configured database, unless restores go to a test database and no other one is configured. */
    public Optional<Target> targetBesideTest() {
        return settings.connections().test().isPresent() ? targetIfConfigured() : Optional.of(target());
    }

    /** The configured database, where one is configured at all. */
    public Optional<Target> targetIfConfigured() {
        return settings.connection().isPresent() ? Optional.of(target()) : Optional.empty();
    }

    /** The databases that were replaced and are kept on the server. */
    public KeptDatabaseExpiry keptDatabases() {
        return new KeptDatabaseExpiry(connector, context());
    }

    public Verify verify() {
        ScratchRestore scratch = new ScratchRestore(connector, tools(), repository(), progress, cancellation);
        return new Verify(tools(), repository(), scratch, context());
    }

    /** Examines the backups of the configured database. */
    public VerifyBackups verifyBackups() {
        return new VerifyBackups(verify(), repository(), databaseName(), this::inspect, settings.smoke()::allowed);
    }

    /**
     * The server on which scratch databases are made: the one set apart for tests where there is one, else what is
     * asked for.
     *
     * @param on {@code same} for the database's own, {@code temporary} for one that is started for this, or a URL
     * @param folder where a temporary one may live
     */
    public ScratchServer scratchServer(String on, Path folder) {
        if (settings.connections().test().isPresent()) {
            return ScratchServer.existing(() -> {
                Target test = testTarget().orElseThrow();
                progress.note("TEST_DATABASE_URL is set, so the scratch database is made on " + test.describeServer());
                return test;
            });
        }
        if (on.equals("temporary")) {
            return ScratchServer.temporary(
                    () -> {
                        progress.step("Starting a temporary server");
                        return LocalCluster.start(
                                ServerPrograms.find(sources.environment(), List.of()), ClusterOptions.in(folder));
                    },
                    url -> targetNamed(url, "the temporary server"));
        }
        return ScratchServer.existing(() -> on.equals("same") ? target() : targetNamed(on, "--on"));
    }

    public Export export() {
        return new Export(connector, tools(), repository(), progress, cancellation);
    }

    /** The places where commands of the application run. */
    public CommandPlaces commandPlaces() {
        Map<String, String> urls = new LinkedHashMap<>();
        Stream.of(settings.connections().main(), settings.connections().test())
                .flatMap(Optional::stream)
                .forEach(connection -> urls.putIfAbsent(connection.origin(), connection.text()));
        return new CommandPlaces(
                settings.file().map(Path::getParent).orElse(sources.workingDirectory()),
                sources.workingDirectory(),
                sources.environment(),
                urls,
                () -> "pgkeep command " + Repository.randomPart());
    }

    /** Looks for what is wrong with the repository as a whole. */
    public Inspection inspect(Inspection.Depth depth) {
        return Inspection.of(repository(), depth, progress, cancellation);
    }

    public Doctor doctor() {
        return new Doctor(connector, wayBack()::doubt, clock);
    }

    private BackupSettings backupSettings() {
        return new BackupSettings(
                settings.backups().nameTemplate(),
                settings.backups().locks().timeout(),
                settings.backups().locks().retries() + 1,
                LOCK_PAUSE,
                settings.backups().fullEvery(),
                migrationsQuery(),
                new ApplicationProbe(sources.workingDirectory()).look(),
                ProductVersion.read().number());
    }

    private Target read(ConnectionText connection) {
        TargetReader.Reading reading = TargetReader.read(
                connection.text(), settings.connections().environment(), sources.home(), connection.origin());
        reading.notes().forEach(progress::note);
        return reading.target();
    }
}
