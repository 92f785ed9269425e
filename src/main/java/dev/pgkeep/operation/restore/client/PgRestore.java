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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs pg_restore into a database, and ends it at the first error that is not known to be harmless. */
public final class PgRestore {
    private final ClientSet tools;
    private final Target database;
    private final boolean owners;
    private final boolean grants;
    private final boolean rowsAreMissing;
    private final Optional<String> moneyLocale;

    /**
     * @param database where to
     * @param owners whether owners of objects are restored
     * @param grants whether rights on objects are restored
     * @param moneyLocale {@code lc_monetary} under which money in archives was printed; empty where nobody knows
     */
    public PgRestore(ClientSet tools, Target database, boolean owners, boolean grants, Optional<String> moneyLocale) {
        this(tools, database, owners, grants, moneyLocale, false);
    }

    private PgRestore(
            ClientSet tools,
            Target database,
            boolean owners,
            boolean grants,
            Optional<String> moneyLocale,
            boolean rowsAreMissing) {
        this.tools = tools;
        this.database = database;
        this.owners = owners;
        this.grants = grants;
        this.moneyLocale = moneyLocale;
        this.rowsAreMissing = rowsAreMissing;
    }

    /**
     * This pg_restore for a backup of which rows are known to be missing: a foreign key that does not hold then is left
     * out.
     */
    public PgRestore withRowsMissing(boolean missing) {
        return new PgRestore(tools, database, owners, grants, moneyLocale, missing);
    }

    /** This pg_restore in sessions with more settings, as libpq's {@code options} has them. */
    public PgRestore with(String options) {
        String present = database.parameters().getOrDefault("options", "");
        Target set = database.withParameter("options", (present + " " + options).strip());
        return new PgRestore(tools, set, owners, grants, moneyLocale, rowsAreMissing);
    }

    /**
     * Restores an archive, or the entries of it that are given.
     *
     * @param options beyond owners and rights
     * @param lines receives what it says it is doing
     * @return known-harmless errors and what was left out, one line each
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails
     */
    public Set<String> run(DumpFile dump, List<String> options, Consumer<String> lines, Cancellation cancellation) {
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
        ClientProcess process;
        if (dump.isReadableByPath()) {
            command.add(dump.path().toString());
            process = process(command);
        } else {
            process = process(command).stdinFrom(new DumpReader(tools, cancellation).feeder(dump));
        }
        return watch(process, lines, cancellation);
    }

    /** Runs pg_restore for some entries, in their order; nothing happens when there are none. */
    public Set<String> run(
            DumpFile dump,
            List<String> options,
            Collection<ArchiveListing.Entry> entries,
            Consumer<String> lines,
            Cancellation cancellation) {
        if (entries.isEmpty()) {
            return Set.of();
        }
        try (TemporaryFile list = TemporaryFile.named("entries")) {
            list.write(ArchiveListing.useList(entries));
            List<String> more = new ArrayList<>(options);
            more.add("--use-list=" + list.path());
            return run(dump, more, lines, cancellation);
        }
    }

    private ClientProcess process(List<String> command) {
        LibpqEnvironment environment = database.loadEnvironment("pgkeep restore", moneyLocale);
        return new ClientProcess(command).environment(environment.set()).without(environment.unset());
    }

    private Set<String> watch(ClientProcess process, Consumer<String> lines, Cancellation cancellation) {
        Cancellation run = new Cancellation();
        LoadErrors errors = new LoadErrors(run::cancel, rowsAreMissing);
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
        return errors.harmless();
    }
}
