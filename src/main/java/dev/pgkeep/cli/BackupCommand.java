package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.cli.render.BackupsJson;
import dev.pgkeep.cli.render.DryRunJson;
import dev.pgkeep.cli.render.DryRunsJson;
import dev.pgkeep.cli.render.ErrorJson;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.BackupDatabase;
import dev.pgkeep.operation.backup.BackupPlan;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep backup [LABEL]}. */
@Command(
        description = "Backs up the database: dumps it in one snapshot, reads back every byte, compares the rows"
                + " with the database, and only then lists it.",
        footer = {
            "",
            "Examples:",
            "  pgkeep backup                             DATABASE_URL, into ./backups",
            "  pgkeep backup pre-deployment              the label names the kind",
            "  pgkeep backup --format plain,custom       two forms of the same snapshot",
            "  pgkeep backup -t orders -t order_items    two tables",
            "  pgkeep backup --auto -q                   for cron"
        })
final class BackupCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "A short word for it")
    @Nullable
    String label;

    @Option(names = "--kind", paramLabel = "KIND", description = "Why it is made: manual, daily, pre-migration, …")
    @Nullable
    String kind;

    @Option(names = "--description", paramLabel = "TEXT", description = "A longer text about it")
    @Nullable
    String description;

    @Option(names = "--name", paramLabel = "NAME", description = "An exact name")
    @Nullable
    String name;

    @Option(names = "--tag", paramLabel = "K=V", description = "A key and value of your own; may be repeated")
    List<String> tags = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "chunked, plain, custom, tar, directory; several with commas (default: chunked)")
    @Nullable
    String format;

    @Option(
            names = "--compress",
            paramLabel = "METHOD",
            description = "none, gzip[:1-9], zstd[:1-22], lz4[:1-12] (default: the best the format and client have)")
    @Nullable
    String compress;

    @Option(names = "--no-compress", description = "The same as --compress none")
    boolean noCompress;

    @Option(names = "--jobs", paramLabel = "N", description = "Parallel connections (chunked and directory format)")
    @Nullable
    Integer jobs;

    @Option(names = "--schema-only", description = "No rows")
    boolean schemaOnly;

    @Option(names = "--data-only", description = "Rows only")
    boolean dataOnly;

    @Option(
            names = {"-t", "--table"},
            paramLabel = "PATTERN",
            description = "Only these tables, as pg_dump takes patterns")
    List<String> tables = new ArrayList<>();

    @Option(
            names = {"-T", "--exclude-table"},
            paramLabel = "PATTERN",
            description = "Not these tables")
    List<String> excludedTables = new ArrayList<>();

    @Option(names = "--exclude-table-data", paramLabel = "PATTERN", description = "These tables without their rows")
    List<String> excludedTableData = new ArrayList<>();

    @Option(
            names = {"-n", "--schema"},
            paramLabel = "PATTERN",
            description = "Only these schemas")
    List<String> schemas = new ArrayList<>();

    @Option(
            names = {"-N", "--exclude-schema"},
            paramLabel = "PATTERN",
            description = "Not these schemas")
    List<String> excludedSchemas = new ArrayList<>();

    @Option(names = "--no-check", description = "Do not read it back; it then counts as unchecked")
    boolean noCheck;

    @Option(
            names = "--retention-days",
            paramLabel = "N",
            description = "Afterwards remove backups of this kind older than N days; 0 keeps all")
    @Nullable
    Integer retentionDays;

    @Option(
            names = "--auto",
            description = "A machine asks: the kind is auto unless told otherwise, and nothing is asked")
    boolean auto;

    @Option(
            names = "--full",
            description = "Read all rows, also those that did not change since the backup before (chunked format)")
    boolean full;

    @Option(names = "--globals", description = "Roles and tablespaces of the server too")
    boolean globals;

    @Option(names = "--all", description = "Every profile, or every database of the server when there are no profiles")
    boolean all;

    @Option(names = "-o", paramLabel = "WHAT", description = "Print only the name, or json")
    @Nullable
    String output;

    @Option(names = "--dry-run", description = "Show what would be done, and do nothing")
    boolean dryRun;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        session.with("format", format)
                .with("compress", noCompress ? "none" : compress)
                .with("jobs", jobs)
                .with("retention.days", retentionDays);
        global.json |= "json".equals(output);
        if (all) {
            return dryRun ? dryRunOfAll(session) : backUpAll(session);
        }
        Pgkeep pgkeep = session.pgkeep();
        session.answer(dryRun ? planned(session, pgkeep) : backUp(session, pgkeep));
        return ExitStatus.DONE;
    }

    private ExitStatus backUpAll(Session session) {
        List<Manifest> made = new ArrayList<>();
        List<PgkeepException> failed = forAll(session, each -> made.add(backUp(session, each)));
        session.answer(new BackupsJson(made, ErrorJson.Details.of(failed)));
        return worst(failed);
    }

    private ExitStatus dryRunOfAll(Session session) {
        List<DryRunJson> planned = new ArrayList<>();
        List<PgkeepException> failed = forAll(session, each -> planned.add(planned(session, each)));
        session.answer(new DryRunsJson(planned, failed));
        return worst(failed);
    }

    /**
     * Does the same for each database: one that fails does not keep the others from being made; returns the failures,
     * which are told.
     */
    private static List<PgkeepException> forAll(Session session, Consumer<Pgkeep> action) {
        List<PgkeepException> failed = new ArrayList<>();
        AllDatabases all = AllDatabases.of(session);
        for (Pgkeep each : all.each()) {
            try {
                action.accept(each);
            } catch (PgkeepException e) {
                session.cancellation().check();
                PgkeepException named = named(each, e);
                failed.add(named);
                new ErrorOutput(session.console(), new GlobalOptions()).tell(named);
            }
        }
        all.leftOut().forEach(new ErrorOutput(session.console(), new GlobalOptions())::tell);
        failed.addAll(all.leftOut());
        return failed;
    }

    /** The failure with its database, since there are several. */
    private static PgkeepException named(Pgkeep each, PgkeepException failure) {
        try {
            String database = each.target().database();
            return String.valueOf(failure.getMessage()).contains(database)
                    ? failure
                    : new PgkeepException(
                            failure.code(), database + ": " + failure.getMessage(), failure.hint(), failure);
        } catch (PgkeepException unknown) {
            return failure;
        }
    }

    private static ExitStatus worst(List<PgkeepException> failed) {
        return failed.isEmpty() ? ExitStatus.DONE : failed.getFirst().code().exitStatus();
    }

    private DryRunJson planned(Session session, Pgkeep pgkeep) {
        BackupPlan plan = pgkeep.backupDatabase().plan(request(pgkeep), pgkeep.target());
        BackupReport report = new BackupReport(session);
        report.announce(plan);
        return report.dryRun(plan);
    }

    private Manifest backUp(Session session, Pgkeep pgkeep) {
        BackupDatabase backup = pgkeep.backupDatabase();
        BackupPlan plan = backup.planToRun(request(pgkeep), pgkeep.target());
        BackupReport report = new BackupReport(session);
        if (output == null) {
            report.announce(plan);
        }
        return backup.run(plan, made -> {
                    if ("name".equals(output)) {
                        session.print(made.manifest().name());
                    } else if (!global.json) {
                        report.done(made, pgkeep.repository());
                    }
                })
                .manifest();
    }

    private BackupRequest request(Pgkeep pgkeep) {
        return new BackupRequest(
                Optional.ofNullable(label),
                Optional.ofNullable(kind).map(BackupCommand::kind),
                Optional.ofNullable(name).map(BackupCommand::exactName),
                Optional.ofNullable(description),
                tags(),
                formats(pgkeep),
                pgkeep.settings().backups().compression(),
                optionalJobs(pgkeep),
                content(),
                new Filters(tables, excludedTables, excludedTableData, schemas, excludedSchemas),
                !noCheck,
                globals,
                auto,
                full,
                all);
    }

    private Content content() {
        if (schemaOnly && dataOnly) {
            throw usage("--schema-only and --data-only exclude each other", "leave both out for everything");
        }
        return schemaOnly ? Content.SCHEMA : dataOnly ? Content.DATA : Content.ALL;
    }

    private static List<Format> formats(Pgkeep pgkeep) {
        return pgkeep.settings().backups().formats();
    }

    private static Optional<Integer> optionalJobs(Pgkeep pgkeep) {
        var jobs = pgkeep.settings().backups().jobs();
        return jobs.isPresent() ? Optional.of(jobs.getAsInt()) : Optional.empty();
    }

    private Map<String, String> tags() {
        Map<String, String> byKey = new TreeMap<>();
        for (String tag : tags) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw usage("a tag is written key=value: " + tag, "for instance --tag ticket=OPS-12");
            }
            byKey.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        return byKey;
    }

    static Kind kind(String word) {
        try {
            return Kind.of(word);
        } catch (IllegalArgumentException e) {
            throw new PgkeepException(ErrorCode.USAGE, String.valueOf(e.getMessage()), "for instance: --kind daily", e);
        }
    }

    private static String exactName(String name) {
        if (!dev.pgkeep.format.manifest.BackupName.isSafe(name)) {
            throw usage(
                    "a backup's name is made of letters, digits, dots, dashes and underscores: " + name,
                    "for instance --name before-the-big-change");
        }
        return name;
    }

    private static PgkeepException usage(String message, String hint) {
        return new PgkeepException(ErrorCode.USAGE, message, hint);
    }
}
