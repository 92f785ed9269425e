package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.PgRestore;
import dev.pgkeep.operation.restore.client.RefusedStatement;
import dev.pgkeep.operation.restore.load.chunked.ChunkedLoad;
import dev.pgkeep.operation.restore.load.chunked.LoadSelection;
import dev.pgkeep.operation.restore.load.chunked.Loaded;
import dev.pgkeep.operation.restore.load.chunked.PostLoadTasks;
import dev.pgkeep.operation.restore.load.chunked.Statistics;
import dev.pgkeep.operation.restore.load.mend.MendTarget;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.proof.ContentComparison;
import dev.pgkeep.operation.restore.proof.RowComparison;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.ScriptChoice;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Loads what a plan wants into a database, and compares it with the backup, whatever its source is. */
public final class BackupLoader {
    private final RestorePlan plan;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;

    public BackupLoader(RestorePlan plan, Connector connector, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Loads into a database that is ready for it.
     *
     * @param lasting whether it is there to stay, so that its tables need planner statistics
     * @param notes receives known-harmless errors and what was left out, one line each
     * @return how what is there now compares with the backup
     */
    public Comparison into(Target database, boolean lasting, Collection<String> notes) {
        progress.step("Loading " + plan.source().name());
        return asWanted(database, notes, login -> load(login, lasting, notes));
    }

    /** Loads with the rights of the connection, or of the role that was asked for. */
    private Comparison asWanted(Target database, Collection<String> notes, Function<Target, Comparison> loading) {
        if (plan.request().as().isEmpty()) {
            return loading.apply(database);
        }
        try (LoadRole role = LoadRole.make(
                connector,
                plan.target(),
                database.database(),
                plan.request().as().get())) {
            try {
                return loading.apply(role.login(database));
            } finally {
                role.handOver(connector, database, notes);
            }
        }
    }

    /**
     * Replaces what is in a database that is there, or chosen tables of it, in one transaction.
     *
     * @param notes receives what was left out or stays as it is, one line each
     * @throws PgkeepException when it failed; nothing was changed then
     */
    public Comparison inPlace(Target database, Collection<String> notes) {
        return asWanted(database, notes, login -> {
            Comparison comparison = new InPlaceLoad(plan, connector, progress, cancellation).into(login, notes);
            try (Connection inside = connector.open(login, "pgkeep")) {
                AssumedMoney.note(plan.source(), inside).ifPresent(notes::add);
                progress.step("Gathering planner statistics");
                notes.addAll(Statistics.gather(inside, table -> true));
                return comparison;
            } catch (SQLException e) {
                throw SqlErrors.translate(e, "looking at " + database.database());
            }
        });
    }

    /**
     * Takes a database back to the backup that was made of it, by replacing only what differs.
     *
     * @throws PgkeepException when it failed; nothing was changed then
     */
    public Comparison delta(Target database) {
        return switch (plan.source()) {
            case DumpSource dump -> throw new IllegalStateException("a dump does not tell what changed since");
            case ChunkedSource chunked ->
                new DeltaLoad(plan, chunked, connector, progress, cancellation).into(database);
        };
    }

    /**
     * Tries definitions without any rows, in a transaction that is taken back.
     *
     * @param wanted those that are tried
     * @return what the server refuses, however it is tried
     */
    public List<RefusedStatement> rehearse(Target database, Predicate<ArchiveListing.Entry> wanted) {
        return new InPlaceLoad(plan, connector, progress, cancellation).rehearse(database, wanted);
    }

    private Comparison load(Target database, boolean lasting, Collection<String> notes) {
        try (Connection inside = connector.open(database, "pgkeep")) {
            MissingSchemas.create(plan.source(), inside);
            Comparison comparison = switch (plan.source()) {
                case DumpSource dump -> dump(dump.dump(), database, inside, notes);
                case ChunkedSource chunked -> chunks(chunked, database, inside, lasting, notes);
            };
            AssumedMoney.note(plan.source(), inside).ifPresent(notes::add);
            return comparison;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "restoring " + database.database());
        } catch (PgkeepException e) {
            throw AssumedMoney.hinted(plan.source(), e);
        }
    }

    private Comparison dump(DumpFile dump, Target database, Connection inside, Collection<String> notes) {
        MendTarget target = mendTarget(database, inside);
        notes.addAll(
                new DumpLoader(plan, dump, target.choice().settings(), progress, cancellation).into(target, inside));
        if (plan.skipsProof()) {
            return Comparison.NONE;
        }
        progress.step("Comparing rows with the backup");
        try (Phases.Open open = progress.phases().begin("proof")) {
            return count(plan.expectedRows(), inside).plus(uncounted(inside));
        }
    }

    /** Rows are compared while they are loaded; counted where their bytes differ although the text is the same. */
    private Comparison chunks(
            ChunkedSource source, Target database, Connection inside, boolean lasting, Collection<String> notes) {
        RestoreRequest request = plan.request();
        if (request.content() == Content.SCHEMA) {
            try (Skeleton skeleton = source.skeletonFile(cancellation)) {
                return dump(skeleton.dump(), database, inside, notes);
            }
        }
        boolean clean = plan.way() == RestoreMode.ADD && request.clean();
        if (clean) {
            // They may hold each other's tables, which are dropped and made anew.
            ForeignKeys.drop(inside, plan.expectedRows().keySet());
        }
        ChosenEntries chosen = ChosenEntries.of(plan, plan.contents().listing().orElseThrow());
        List<TableContents> tables = plan.contents().chunks().orElseThrow().tables();
        PostLoadTasks wanted = new PostLoadTasks(!plan.skipsProof() && sameEncoding(inside), lasting);
        boolean alone = plan.way() == RestoreMode.CREATE || plan.way() == RestoreMode.REPLACE;
        LoadSelection part = new LoadSelection(tables, chosen.entries(), !request.isPartial(), alone, clean, wanted);
        MendTarget target = mendTarget(database, inside);
        PgRestore restore = new PgRestore(
                        plan.tools(), database, request.owners(), request.grants(), source.moneyLocale())
                .withTablespaces(target.tablespaces());
        Loaded loaded = new ChunkedLoad(source, part, restore, target, progress, cancellation)
                .into(inside, request.effectiveJobs());
        notes.addAll(chosen.notes());
        notes.addAll(loaded.notes());
        return plan.skipsProof()
                ? Comparison.NONE
                : loaded.comparison().plus(count(without(wanted.proof() ? tables : List.of()), inside));
    }

    /** The database for second tries, with the search path that the backup's database had. */
    private MendTarget mendTarget(Target database, Connection inside) {
        RestoreRequest request = plan.request();
        Optional<String> searchPath = plan.source().manifest().stream()
                .flatMap(manifest -> manifest.properties().settings().stream())
                .filter(setting -> setting.role() == null && setting.name().equals("search_path"))
                .map(DatabaseProperties.Setting::value)
                .findFirst();
        ScriptChoice everything = new ScriptChoice(
                ScriptChoice.Part.ALL,
                request.owners(),
                request.grants(),
                table -> true,
                sequence -> true,
                ServerSettings.names(inside),
                plan.server().superuser() && request.as().isEmpty());
        return new MendTarget(
                connector,
                database,
                plan.tools(),
                searchPath,
                plan.source().moneyLocale(),
                everything,
                new Catalog(inside).tablespaces(),
                plan.server().versionNumber());
    }

    /** Puts rows into tables that are there, all or none. */
    public Comparison rows(Target database, Collection<String> notes) {
        progress.step("Loading rows into " + database.database());
        return asWanted(database, notes, login -> loadRows(login, notes));
    }

    private Comparison loadRows(Target database, Collection<String> notes) {
        try (Connection inside = connector.open(database, "pgkeep")) {
            Set<String> settings = ServerSettings.names(inside);
            switch (plan.source()) {
                case DumpSource dump -> {
                    DumpLoader load = new DumpLoader(plan, dump.dump(), settings, progress, cancellation);
                    notes.addAll(new DataOnlyDumpLoader(plan, dump.dump(), load, connector, cancellation)
                            .into(database, inside));
                }
                case ChunkedSource chunked ->
                    notes.addAll(new DataOnlyChunkLoader(plan, chunked, settings, progress, cancellation).into(inside));
            }
            AssumedMoney.note(plan.source(), inside).ifPresent(notes::add);
            progress.step("Comparing rows with the backup");
            return compare(database, inside);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "restoring rows of " + database.database());
        } catch (PgkeepException e) {
            throw AssumedMoney.hinted(plan.source(), e);
        }
    }

    private Comparison compare(Target database, Connection inside) {
        List<TableContents> contents = sameEncoding(inside)
                ? plan.contents().chunks().map(ChunkedContents::tables).orElse(List.of())
                : List.of();
        return new ContentComparison(connector, database, plan.request().effectiveJobs(), cancellation)
                .withMoney(plan.source().moneyLocale())
                .against(contents)
                .plus(count(without(contents), inside))
                .plus(uncounted(inside));
    }

    private SortedMap<TableName, Long> without(List<TableContents> compared) {
        SortedMap<TableName, Long> left = new TreeMap<>(plan.expectedRows());
        compared.forEach(table -> left.remove(table.name()));
        return left;
    }

    private Comparison count(SortedMap<TableName, Long> expected, Connection inside) {
        return expected.isEmpty()
                ? Comparison.NONE
                : new RowComparison(inside, progress, cancellation).against(expected);
    }

    private Comparison uncounted(Connection inside) {
        Set<TableName> tables = plan.contents().uncounted();
        return tables.isEmpty() ? Comparison.NONE : new RowComparison(inside, progress, cancellation).now(tables);
    }

    private boolean sameEncoding(Connection inside) {
        return plan.source()
                .manifest()
                .map(each -> each.properties())
                .map(DatabaseProperties::encoding)
                .filter(encoding -> encoding.equals(new Catalog(inside).server().encoding()))
                .isPresent();
    }
}
