package dev.pgkeep.operation.restore.client;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs pg_restore into a database, and ends it at the first error that is not known to be harmless. */
public final class PgRestore {
    private final ClientSet tools;
    private final Target database;
    private final boolean owners;
    private final boolean grants;
    private final Optional<String> moneyLocale;
    private final Optional<Set<String>> tablespaces;

    /**
     * @param database where to
     * @param owners whether owners of objects are restored
     * @param grants whether rights on objects are restored
     * @param moneyLocale {@code lc_monetary} under which money in archives was printed; empty where nobody knows
     */
    public PgRestore(ClientSet tools, Target database, boolean owners, boolean grants, Optional<String> moneyLocale) {
        this(tools, database, owners, grants, moneyLocale, Optional.empty());
    }

    private PgRestore(
            ClientSet tools,
            Target database,
            boolean owners,
            boolean grants,
            Optional<String> moneyLocale,
            Optional<Set<String>> tablespaces) {
        this.tools = tools;
        this.database = database;
        this.owners = owners;
        this.grants = grants;
        this.moneyLocale = moneyLocale;
        this.tablespaces = tablespaces;
    }

    /**
     * This pg_restore where some tablespaces can be used: what lies in others is made in the default one, as far as
     * entries are {@linkplain #attempt attempted}.
     */
    public PgRestore withTablespaces(Set<String> usable) {
        return new PgRestore(tools, database, owners, grants, moneyLocale, Optional.of(usable));
    }

    /** This pg_restore in sessions with more settings, as libpq's {@code options} has them. */
    public PgRestore with(String options) {
        String present = database.parameters().getOrDefault("options", "");
        Target set = database.withParameter("options", (present + " " + options).strip());
        return new PgRestore(tools, set, owners, grants, moneyLocale, tablespaces);
    }

    /**
     * The end of a run that went on where a second try may mend what failed.
     *
     * @param notes known-harmless errors and what was left out, one line each
     * @param failed numbers of the entries that failed, and of those that failed because of them
     */
    public record Attempt(Set<String> notes, Set<Integer> failed) {}

    /**
     * Restores an archive.
     *
     * @param options beyond owners and rights
     * @param lines receives what it says it is doing
     * @return known-harmless errors and what was left out, one line each
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails
     */
    public Set<String> run(DumpFile dump, List<String> options, Consumer<String> lines, Cancellation cancellation) {
        return watch(process(dump, options, cancellation), false, lines, cancellation)
                .notes();
    }

    /** Runs pg_restore for some entries, in their order; nothing happens when there are none. */
    public Set<String> run(
            DumpFile dump,
            List<String> options,
            Collection<ArchiveListing.Entry> entries,
            Consumer<String> lines,
            Cancellation cancellation) {
        return entries.isEmpty()
                ? Set.of()
                : chosen(entries, list -> run(dump, with(options, list), lines, cancellation));
    }

    /**
     * Runs pg_restore for some entries and goes on where one fails that a second try may mend.
     *
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails for good
     */
    public Attempt attempt(
            DumpFile dump,
            List<String> options,
            Collection<ArchiveListing.Entry> entries,
            Consumer<String> lines,
            Cancellation cancellation) {
        Set<String> notes = new LinkedHashSet<>();
        Set<Integer> failed = new TreeSet<>();
        for (TablespaceRuns.Run run : TablespaceRuns.of(entries, tablespaces)) {
            List<String> all = run.elsewhere() ? with(options, "--no-tablespaces") : options;
            Attempt attempt = chosen(
                    run.entries(),
                    list -> watch(process(dump, with(all, list), cancellation), true, lines, cancellation));
            notes.addAll(attempt.notes());
            notes.addAll(run.notes());
            failed.addAll(attempt.failed());
        }
        return new Attempt(notes, failed);
    }

    /** The entries in runs of those that can be made where they lie, and of those that cannot. */
    public List<TablespaceRuns.Run> runs(Collection<ArchiveListing.Entry> entries) {
        return TablespaceRuns.of(entries, tablespaces);
    }

    private static <T> T chosen(Collection<ArchiveListing.Entry> entries, Function<String, T> run) {
        try (TemporaryFile list = TemporaryFile.named("entries")) {
            list.write(ArchiveListing.useList(entries));
            return run.apply("--use-list=" + list.path());
        }
    }

    private static List<String> with(List<String> options, String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return more;
    }

    private ClientProcess process(DumpFile dump, List<String> options, Cancellation cancellation) {
        List<String> command = new ArrayList<>(tools.command(Tool.PG_RESTORE, "--verbose"));
        command.add("--dbname=" + Conninfo.ofDatabase(database.database()));
        command.add("--format=" + dump.format().word());
        if (!owners) {
            command.add("--no-owner");
        }
        if (!grants) {
            command.add("--no-privileges");
        }
        command.addAll(options);
        if (dump.isReadableByPath()) {
            command.add(dump.path().toString());
            return process(command);
        }
        return process(command).stdinFrom(new DumpReader(tools, cancellation).feeder(dump));
    }

    private ClientProcess process(List<String> command) {
        LibpqEnvironment environment = database.loadEnvironment("pgkeep restore", moneyLocale);
        return new ClientProcess(command).environment(environment.set()).without(environment.unset());
    }

    private Attempt watch(ClientProcess process, boolean isPatient, Consumer<String> lines, Cancellation cancellation) {
        Cancellation run = new Cancellation();
        LoadErrors errors = new LoadErrors(run::cancel, isPatient);
        ClientResult result;
        try (var registration = cancellation.onCancel(run::cancel)) {
            result = process.onStderr(line -> {
                        errors.stderr(line);
                        lines.accept(line);
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
        return new Attempt(errors.harmless(), errors.failed());
    }
}
