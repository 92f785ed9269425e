package dev.pgkeep.restore;

import dev.pgkeep.contents.TableContents;
import dev.pgkeep.manifest.DatabaseProperties;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Loads what a plan wants into a database, and compares it with the backup, whatever its source is. */
final class Loading {
    private final RestorePlan plan;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;

    Loading(RestorePlan plan, Connector connector, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Loads into a database that is ready for it.
     *
     * @param notes receives known-harmless errors and what was left out, one line each
     * @return how what is there now compares with the backup
     */
    Comparison into(Target database, Collection<String> notes) {
        progress.step("Loading " + plan.source().name());
        try (Connection inside = connector.open(database, "pgkeep")) {
            MissingSchemas.create(plan.source(), inside);
            notes.addAll(
                    switch (plan.source()) {
                        case DumpSource dump ->
                            new Load(plan, dump.dump(), ServerSettings.names(inside), progress, cancellation)
                                    .into(database);
                        case ChunkedSource chunked ->
                            new ChunkedLoad(plan, chunked, connector, progress, cancellation).into(database, inside);
                    });
            progress.step("Comparing rows with the backup");
            return compare(database, inside);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "restoring " + database.database());
        }
    }

    /** Puts rows into tables that are there, all or none. */
    Comparison rows(Target database, Collection<String> notes) {
        progress.step("Loading rows into " + database.database());
        try (Connection inside = connector.open(database, "pgkeep")) {
            Set<String> settings = ServerSettings.names(inside);
            switch (plan.source()) {
                case DumpSource dump -> {
                    Load load = new Load(plan, dump.dump(), settings, progress, cancellation);
                    notes.addAll(new RowsLoad(plan, dump.dump(), load, cancellation).into(database, inside));
                }
                case ChunkedSource chunked ->
                    notes.addAll(new ChunkedRows(plan, chunked, settings, progress, cancellation).into(inside));
            }
            progress.step("Comparing rows with the backup");
            return compare(database, inside);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "restoring rows of " + database.database());
        }
    }

    private Comparison compare(Target database, Connection inside) {
        List<TableContents> contents =
                plan.contents().chunks().map(ChunkedContents::tables).orElse(List.of());
        if (!sameEncoding(inside)) {
            // The bytes differ although the text is the same.
            contents = List.of();
        }
        Set<TableName> byContent = contents.stream().map(TableContents::name).collect(Collectors.toSet());
        SortedMap<TableName, Long> byNumber = new TreeMap<>(plan.expectedRows());
        byNumber.keySet().removeAll(byContent);
        Comparison numbers = byNumber.isEmpty()
                ? Comparison.NONE
                : new RowComparison(inside, progress, cancellation).against(byNumber);
        return new ContentComparison(connector, database, plan.request().effectiveJobs(), cancellation)
                .against(contents)
                .plus(numbers);
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
