package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.cli.render.DiffJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.diff.DiffRequest;
import dev.pgkeep.operation.diff.DiffResult;
import dev.pgkeep.operation.diff.RepairRows;
import dev.pgkeep.operation.diff.SqlScript;
import dev.pgkeep.operation.restore.ScratchServer;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.NamePattern;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep diff A [B]}. */
@Command(
        description = "Says how a backup became another one, or what the database holds now: schema, and rows that were"
                + " removed, added or changed, matched by primary key. Blocks that are the same are not read. With"
                + " --repair it puts rows back that were removed or changed.",
        footer = {
            "",
            "Examples:",
            "  pgkeep diff latest                        what happened since the newest backup?",
            "  pgkeep diff latest -t orders --samples 20",
            "  pgkeep diff 2026-11-20 2026-11-21         between two backups",
            "  pgkeep diff latest --sql > back.sql       statements that turn the database back",
            "  pgkeep diff latest --repair --only removed"
        })
final class DiffCommand implements Action {
    /** The kinds of rows that are put back. */
    enum Kinds {
        removed,
        changed
    }

    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "A", description = "A backup (default: latest)")
    String first = "latest";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "A later backup, or live for the database (default: live)")
    String second = "live";

    @Option(
            names = {"-t", "--table"},
            paramLabel = "PATTERN",
            description = "Only rows of these tables")
    List<String> tables = new ArrayList<>();

    @Option(names = "--samples", paramLabel = "N", description = "Rows of each kind to show for a table (default: 3)")
    int samples = 3;

    @Option(
            names = "--no-schema",
            description = "Compare rows alone; loads no definitions into a scratch database, which runs code that they"
                    + " call")
    boolean noSchema;

    @Option(
            names = "--on",
            paramLabel = "WHERE",
            description = "Server for the scratch database in which the schema of a backup is looked at: same,"
                    + " temporary (started for this), or a URL (default: TEST_DATABASE_URL where it is set, else same)")
    @Nullable
    String on;

    @Option(
            names = "--full",
            description = "Read every row of the database, also where it tells that nothing changed since A")
    boolean full;

    @Option(names = "--exit-code", description = "End with status 6 when there is a difference")
    boolean exitCode;

    @Option(names = "--sql", description = "Print the statements that turn the rows of B into those of A")
    boolean sql;

    @Option(
            names = "--replica",
            description = "With --sql: triggers and foreign keys rest meanwhile, which takes a superuser")
    boolean replica;

    @Option(
            names = "--repair",
            description =
                    "Put rows back that B has not, or has changed; shows them and asks first, and stops where one is no longer"
                            + " what it showed")
    boolean repair;

    @Option(
            names = "--only",
            paramLabel = "removed|changed",
            split = ",",
            description = "With --repair: which rows (both, unless told otherwise)")
    List<Kinds> only = new ArrayList<>();

    @Option(names = "--dry-run", description = "With --repair: show what would be put back, and do nothing")
    boolean dryRun;

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        checkUsage();
        Pgkeep pgkeep = session.pgkeep();
        ChunkedSource before = source(session, pgkeep, first);
        Optional<ChunkedSource> now =
                second.equals("live") ? Optional.empty() : Optional.of(source(session, pgkeep, second));
        boolean missing = only.isEmpty() || only.contains(Kinds.removed);
        boolean changed = only.isEmpty() || only.contains(Kinds.changed);
        try (ScratchServer server = session.scratchServer(pgkeep, on);
                SqlScript script = new SqlScript(replica, before.moneyLocale());
                RepairRows lost = new RepairRows(missing, changed)) {
            DiffRequest request = new DiffRequest(
                    chosen(),
                    samples,
                    Optional.<Supplier<Target>>of(server::target).filter(each -> !noSchema && !repair),
                    Optional.of(script).filter(each -> sql),
                    Optional.of(lost).filter(each -> repair),
                    full);
            DiffResult result = compare(session, pgkeep, before, now, request);
            if (!tables.isEmpty() && result.tables().isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.USAGE,
                        "neither side has a table that fits " + String.join(" ", tables),
                        "pgkeep show " + ShellWords.word(before.name()) + " lists the tables");
            }
            result.notes().forEach(session.progress()::note);
            if (global.verbose || global.timings) {
                new DiffReport(session).whole(result);
            }
            if (repair) {
                return new DiffRepair(session, pgkeep, allowProtected.given).run(result, lost, before, dryRun);
            }
            report(session, result, script);
            return exitCode && result.isDifferent() ? ExitStatus.DIFFERENT : ExitStatus.DONE;
        }
    }

    private DiffResult compare(
            Session session, Pgkeep pgkeep, ChunkedSource before, Optional<ChunkedSource> now, DiffRequest request) {
        return now.isPresent()
                ? pgkeep.diff().run(before, now.get(), request)
                : pgkeep.diff().run(before, pgkeep.target(), request);
    }

    private void report(Session session, DiffResult result, SqlScript script) {
        if (sql) {
            session.finishProgress();
            try {
                OutputStream out = new BufferedOutputStream(session.console().data());
                script.write(result, out);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (global.json) {
            session.document(Json.text(DiffJson.of(result)));
        } else {
            new DiffReport(session).print(result);
        }
    }

    private Predicate<TableName> chosen() {
        List<NamePattern> patterns = tables.stream().map(NamePattern::of).toList();
        return table -> patterns.isEmpty() || patterns.stream().anyMatch(each -> each.matches(table));
    }

    private static ChunkedSource source(Session session, Pgkeep pgkeep, String name) {
        RestoreSource source = pgkeep.sourceFinder().named(name);
        if (source instanceof ChunkedSource chunked) {
            return chunked;
        }
        throw new PgkeepException(
                ErrorCode.FORMAT_UNSUPPORTED,
                source.name() + " is stored as " + source.describe() + ", in which single rows cannot be found",
                "compare backups in the chunked format: pgkeep list");
    }

    private void checkUsage() {
        if (sql && (global.json || repair)) {
            throw new PgkeepException(ErrorCode.USAGE, "--sql goes with neither --json nor --repair", "choose one");
        }
        if (repair && !second.equals("live")) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "only the database can be repaired, and " + second + " is a backup",
                    "leave the second one out: pgkeep diff " + ShellWords.word(first) + " --repair");
        }
        if (full && !second.equals("live")) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "--full is about the database, and " + second + " is a backup",
                    "leave it out: between backups, blocks that are the same are never read");
        }
        if (replica && !sql || !only.isEmpty() && !repair) {
            throw new PgkeepException(
                    ErrorCode.USAGE, "--replica goes with --sql, --only with --repair", "pgkeep help diff");
        }
    }
}
