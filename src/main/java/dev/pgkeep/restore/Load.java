package dev.pgkeep.restore;

import dev.pgkeep.dump.ArchiveListing;
import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.dump.DumpReader;
import dev.pgkeep.dump.ListSelection;
import dev.pgkeep.dump.ScriptChoice;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Format;
import dev.pgkeep.manifest.Manifest.Content;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Loads a dump into a database that is ready for it: archives by pg_restore in parallel, scripts by psql. */
final class Load {
    private final RestorePlan plan;
    private final Set<String> serverSettings;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    Load(RestorePlan plan, Set<String> serverSettings, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.serverSettings = serverSettings;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Loads everything that the plan wants.
     *
     * @return known-harmless errors and what was left out, one line each
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails
     */
    Set<String> into(Target database) {
        if (plan.source().dump().format() == Format.PLAIN) {
            script(database);
        } else {
            archive(database);
        }
        return notes;
    }

    private void archive(Target database) {
        DumpFile dump = plan.source().dump();
        List<String> command = new ArrayList<>(plan.tools().command(Tool.PG_RESTORE, "--verbose"));
        command.add("--dbname=" + Conninfo.ofDatabase(database.database()));
        command.add("--format=" + dump.format().word());
        command.addAll(options());
        Path list = null;
        try {
            if (plan.request().isPartial()) {
                list = chosenEntries(dump);
                command.add("--use-list=" + list);
            }
            if (dump.isReadableByPath()) {
                if (dump.format() != Format.TAR) {
                    command.add("--jobs=" + plan.request().effectiveJobs());
                }
                command.add(dump.path().toString());
                watch(process(command, database));
            } else {
                watch(process(command, database).stdinFrom(new DumpReader(plan.tools(), cancellation).feeder(dump)));
            }
        } finally {
            if (list != null) {
                deleteQuietly(list);
            }
        }
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        RestoreRequest request = plan.request();
        if (!request.owners()) {
            options.add("--no-owner");
        }
        if (!request.grants()) {
            options.add("--no-privileges");
        }
        if (request.content() == Content.SCHEMA) {
            options.add("--schema-only");
        }
        if (plan.way() == RestorePlan.Way.ADD && request.clean()) {
            options.add("--clean");
            options.add("--if-exists");
        }
        return options;
    }

    /** Runs pg_restore, and ends it at the first error that is not known to be harmless. */
    private void watch(ClientProcess process) {
        Cancellation run = new Cancellation();
        LoadErrors errors = new LoadErrors(run::cancel);
        LoadMeter meter = new LoadMeter(plan, progress);
        ClientResult result;
        try (var registration = cancellation.onCancel(run::cancel)) {
            result = process.onStderr(line -> {
                        errors.stderr(line);
                        meter.stderr(line);
                    })
                    .run(run);
        } catch (PgkeepException e) {
            cancellation.check();
            errors.rethrow();
            throw e;
        }
        errors.rethrow();
        if (!result.ok() && !errors.explainFailure()) {
            throw ClientErrors.translate(Tool.PG_RESTORE, result, ErrorCode.RESTORE_FAILED);
        }
        notes.addAll(errors.harmless());
    }

    private void script(Target database) {
        List<String> command = new ArrayList<>(plan.tools().command(Tool.PSQL, "--no-psqlrc", "--quiet"));
        command.add("--set=ON_ERROR_STOP=1");
        command.add("--file=-");
        command.add("--dbname=" + Conninfo.ofDatabase(database.database()));
        ScriptChoice.Part part =
                plan.request().content() == Content.SCHEMA ? ScriptChoice.Part.SCHEMA : ScriptChoice.Part.ALL;
        DumpReader reader = new DumpReader(plan.tools(), cancellation);
        ClientResult result = process(command, database)
                .stdinFrom(
                        out -> reader.copy(plan.source().dump(), List.of(), choice(part, sequence -> true), out, notes))
                .run(cancellation);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PSQL, result, ErrorCode.RESTORE_FAILED);
        }
    }

    /**
     * What of a script is wanted.
     *
     * @param sequences sequences that belong to the chosen tables, where not everything is chosen
     */
    ScriptChoice choice(ScriptChoice.Part part, Predicate<TableName> sequences) {
        RestoreRequest request = plan.request();
        return new ScriptChoice(
                part,
                request.owners(),
                request.grants(),
                this::isChosen,
                sequence -> isChosen(sequence) || sequences.test(sequence),
                serverSettings,
                plan.server().superuser(),
                plan.tools().knowsRestrict());
    }

    /** Whether a table or sequence is asked for by its own name or schema. */
    private boolean isChosen(TableName name) {
        RestoreRequest request = plan.request();
        return !request.isPartial()
                || request.tables().stream().anyMatch(pattern -> pattern.matches(name))
                || request.schemas().stream().anyMatch(pattern -> pattern.matchesName(name.schema()));
    }

    ClientProcess process(List<String> command, Target database) {
        LibpqEnvironment environment =
                database.withParameter("application_name", "pgkeep restore").libpqEnvironment();
        return new ClientProcess(command).environment(environment.set()).without(environment.unset());
    }

    private Path chosenEntries(DumpFile dump) {
        ArchiveListing listing = new DumpReader(plan.tools(), cancellation).list(dump);
        boolean empty = plan.way() != RestorePlan.Way.ADD;
        List<ArchiveListing.Entry> entries = ListSelection.choose(
                listing, plan.request().tables(), plan.request().schemas(), empty);
        if (empty) {
            ListSelection.detached(listing, entries)
                    .forEach(
                            table -> notes.add(table + " is a table of its own now: the table that it is a partition of"
                                    + " was not asked for"));
        }
        try {
            Path file = Files.createTempFile("pgkeep-", ".list");
            Files.write(file, entries.stream().map(ArchiveListing.Entry::line).toList());
            return file;
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot write a temporary file: " + e.getMessage(), "check TMPDIR", e);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A list of names in the temporary folder does no harm.
        }
    }
}
