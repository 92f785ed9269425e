package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.RestoreDatabase;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.NamePattern;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep restore [BACKUP]}. */
@Command(
        description = "Takes the database back to a backup. The backup is read through first, everything that could"
                + " stand in the way is told before anything is touched, and the database as it is now is backed up.",
        footer = {
            "",
            "Examples:",
            "  pgkeep restore latest",
            "  pgkeep restore --at '2026-11-20 14:00'",
            "  pgkeep restore latest --to shop_copy --create-db    beside the original",
            "  pgkeep restore --file ~/dumps/shop.sql.gz           whoever made the dump",
            "  pgkeep restore latest --keep-old 3d                 the old database stays for undo",
            "  pgkeep restore latest --data-only --truncate -t orders",
            "  pgkeep undo                                         go back to before it"
        })
final class RestoreCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "BACKUP",
            description = "latest, a name or a part of one, or a path; without it a menu on a terminal")
    @Nullable
    String backup;

    @Option(names = "--latest", description = "The same as BACKUP latest")
    boolean latest;

    @Option(names = "--at", paramLabel = "TIME", description = "The newest backup made at or before this time")
    @Nullable
    String at;

    @Option(names = "--file", paramLabel = "PATH", description = "Any dump file or folder")
    @Nullable
    Path file;

    @Option(names = "--kind", paramLabel = "KIND", description = "Look only among backups of this kind")
    @Nullable
    String kind;

    @Option(names = "--to", paramLabel = "DATABASE|URL", description = "Into another database")
    @Nullable
    String to;

    @Option(names = "--create-db", description = "Create the database of --to")
    boolean createDb;

    @Option(names = "--drop-existing", description = "Replace the database of --to when it is filled")
    boolean dropExisting;

    @Option(
            names = {"--in-place", "--clean"},
            description =
                    "Replace what is inside the database, in one transaction, instead of the database itself; with"
                            + " -t or -n: drop those tables first")
    boolean clean;

    @Option(names = "--data-only", description = "Rows only, into tables that are there; drops nothing")
    boolean dataOnly;

    @Option(names = "--schema-only", description = "No rows")
    boolean schemaOnly;

    @Option(
            names = "--allow-partial",
            description = "Replace the database even by a backup that holds only a part of one; the rest is gone then")
    boolean allowPartial;

    @Option(names = "--truncate", description = "With --data-only: empty the tables first")
    boolean truncate;

    @Option(
            names = {"-t", "--table"},
            paramLabel = "PATTERN",
            description = "Only these tables, with all that belongs to them")
    List<String> tables = new ArrayList<>();

    @Option(
            names = {"-n", "--schema"},
            paramLabel = "PATTERN",
            description = "Only these schemas")
    List<String> schemas = new ArrayList<>();

    @Option(names = "--globals", description = "Create the roles and tablespaces of the backup first")
    boolean globals;

    @Option(names = "--owners", description = "Give objects back to their owners")
    boolean owners;

    @Option(names = "--grants", description = "Restore rights on objects")
    boolean grants;

    @Option(
            names = "--as",
            paramLabel = "ROLE",
            description = "Load with the rights of this role instead of a superuser's, for dumps from strangers")
    @Nullable
    String as;

    @Option(names = "--jobs", paramLabel = "N", description = "Parallel connections")
    @Nullable
    Integer jobs;

    @Option(
            names = "--swap",
            description = "Keep the old database for a while after the names were exchanged; as --keep-old 24h")
    boolean swap;

    @Option(
            names = "--keep-old",
            paramLabel = "SPAN",
            description = "Keep the old database for so long, so that undo is an exchange of names")
    @Nullable
    String keepOld;

    @Option(
            names = "--migrate",
            description = "Run the configured migrate command on what was loaded, before it gets its name")
    boolean migrate;

    @Option(names = "--no-safety-backup", description = "Do not back up the target before")
    boolean noSafetyBackup;

    @Option(
            names = "--no-proof",
            description =
                    "Do not compare what was loaded with the backup, when every second counts; what proves it later"
                            + " is told")
    boolean noProof;

    @Mixin
    final DeltaOptions delta = new DeltaOptions();

    @Option(
            names = "--skip-damaged",
            description =
                    "Restore what is left of a damaged chunked backup, and say exactly what is missing (status 3)")
    boolean skipDamaged;

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    @Option(names = "--dry-run", description = "Check everything and show what would be done, but do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        session.with("jobs", jobs).with("keep-old", keepOld);
        checkUsage();
        Pgkeep pgkeep = session.pgkeep();
        RestoreSource source = new RestoreChoice(session, pgkeep.sourceFinder()).source(wanted(), at, file, ofKind());
        RestoreRequest request = request(session, pgkeep);
        Instant started = session.surroundings().clock().instant();
        RestoreDatabase restore = pgkeep.restoreDatabase(CommandStages.aside(session), migrate);
        RestorePlan plan = restore.plan(source, request);
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected.given);
        return new RestoreScreen(session, danger, started)
                .run(plan, dryRun, confirm -> restore.run(plan, RestoreDatabase.COMMAND, confirm));
    }

    private RestoreRequest request(Session session, Pgkeep pgkeep) {
        Optional<Target> test = pgkeep.testTarget();
        test.ifPresent(target -> session.progress()
                .warn("TEST_DATABASE_URL is set, so this goes to " + target.describe() + " and nowhere else"));
        boolean other = to != null && test.isEmpty();
        Target target = test.orElseGet(() -> to == null ? pgkeep.target() : pgkeep.targetNamed(to, "--to"));
        RestoreRequest request = (other ? RestoreRequest.into(target) : RestoreRequest.whole(target))
                .with(RestoreOption.CREATE_DATABASE, createDb || !other)
                .with(RestoreOption.DROP_EXISTING, dropExisting || !other)
                .with(RestoreOption.CLEAN, clean)
                .with(RestoreOption.ALLOW_PARTIAL, allowPartial)
                .with(RestoreOption.TRUNCATE, truncate)
                .with(RestoreOption.OWNERS, owners)
                .with(RestoreOption.GRANTS, grants)
                .with(RestoreOption.GLOBALS, globals)
                .with(RestoreOption.SAFETY_BACKUP, !noSafetyBackup)
                .with(RestoreOption.SKIP_DAMAGED, skipDamaged)
                .with(RestoreOption.NO_PROOF, noProof)
                .with(RestoreOption.DELTA, false)
                .with(delta.options().toArray(RestoreOption[]::new))
                .only(schemaOnly ? Content.SCHEMA : dataOnly ? Content.DATA : Content.ALL)
                .only(patterns(tables), patterns(schemas))
                .by(Optional.ofNullable(jobs))
                .as(Optional.ofNullable(as));
        return keeps() ? request.swapping(pgkeep.settings().safety().keepOld()) : request;
    }

    private boolean keeps() {
        return swap || keepOld != null;
    }

    private static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::of).toList();
    }

    private Optional<String> wanted() {
        return latest ? Optional.of("latest") : Optional.ofNullable(backup);
    }

    private Predicate<StoredBackup> ofKind() {
        return candidate -> kind == null
                || candidate.kind().filter(BackupCommand.kind(kind)::equals).isPresent();
    }

    private void checkUsage() {
        long sources = List.of(latest || backup != null, at != null, file != null).stream()
                .filter(Boolean::booleanValue)
                .count();
        if (sources > 1) {
            throw usage("more than one backup is named", "take one of BACKUP, --latest, --at and --file");
        }
        if (dataOnly && schemaOnly) {
            throw usage("--data-only and --schema-only exclude each other", "leave both out for everything");
        }
        if (truncate && !dataOnly) {
            throw usage("--truncate goes with --data-only", "a whole restore replaces everything anyway");
        }
        if (keeps() && (clean || dataOnly || !tables.isEmpty() || !schemas.isEmpty())) {
            throw usage(
                    (swap ? "--swap" : "--keep-old") + " replaces the whole database",
                    "leave out " + (clean ? "--in-place" : dataOnly ? "--data-only" : "-t and -n") + ", or "
                            + (swap ? "--swap" : "--keep-old"));
        }
        if (as != null && (owners || globals)) {
            throw usage(
                    "--as gives everything to one role",
                    "leave " + (owners ? "--owners" : "--globals") + " out, or --as");
        }
        if (to == null && (createDb || dropExisting)) {
            throw usage("--create-db and --drop-existing go with --to", "for instance --to shop_copy --create-db");
        }
    }

    static Instant moment(String text, java.time.ZoneId zone) {
        return TimeArguments.parse(text, zone)
                .orElseThrow(() -> usage(text + " is not a time", "for instance --at '2026-11-20 14:00'"));
    }

    private static PgkeepException usage(String message, String hint) {
        return new PgkeepException(ErrorCode.USAGE, message, hint);
    }
}
