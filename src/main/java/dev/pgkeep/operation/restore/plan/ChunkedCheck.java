package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.Damage;
import dev.pgkeep.operation.restore.source.DamageSearch;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ListSelection;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads every chunk that a restore will need before anything is touched. A damaged one costs the whole backup, unless
 * what is left was asked for; without its skeleton nothing of a backup can be restored.
 */
final class ChunkedCheck {
    private final ClientSet tools;
    private final Progress progress;
    private final Cancellation cancellation;

    ChunkedCheck(ClientSet tools, Progress progress, Cancellation cancellation) {
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** @throws PgkeepException BACKUP_DAMAGED */
    SourceContents check(ChunkedSource source, RestoreRequest request, Optional<DatabaseDelta> delta) {
        BackupContents contents = source.contents();
        checkSkeleton(source, contents);
        ArchiveListing listing = listing(source);
        Predicate<TableName> chosen = chosen(listing, request);
        List<TableContents> tables = contents.tables().stream()
                .filter(table -> chosen.test(table.name()))
                .toList();
        List<TableContents> needed = delta.map(DatabaseDelta::needed).orElse(tables);
        Damage damage = damage(source, new BackupContents(needed, List.of(), List.of()), request);
        ChunkedContents whole = ChunkedContents.of(tables, damage);
        return new SourceContents(
                rows(source, chosen, whole), Set.of(), Optional.of(listing), Optional.empty(), Optional.of(whole));
    }

    private void checkSkeleton(ChunkedSource source, BackupContents contents) {
        new Damage(
                        List.of(),
                        search(source).damaged(contents.skeleton()).values().stream()
                                .findFirst())
                .orThrow();
    }

    private Damage damage(ChunkedSource source, BackupContents contents, RestoreRequest request) {
        List<ChunkId> chunks = new ArrayList<>();
        contents.forEachChunk(chunks::add);
        Damage damage = Damage.of(contents, search(source).damaged(chunks));
        if (!request.skipDamaged()) {
            damage.orThrow();
        }
        return damage;
    }

    private DamageSearch search(ChunkedSource source) {
        return new DamageSearch(source.store(), Parallelism.threads(), progress, cancellation);
    }

    private ArchiveListing listing(ChunkedSource source) {
        try (InputStream in = source.skeleton()) {
            Optional<ArchiveListing> listing = ArchiveListing.read(in);
            if (listing.isPresent()) {
                return listing.get();
            }
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    "its schema cannot be read: " + e.getMessage(),
                    "choose another backup: pgkeep list",
                    e);
        }
        try (Skeleton skeleton = source.skeletonFile(cancellation)) {
            return new DumpReader(tools, cancellation).list(skeleton.dump());
        }
    }

    /** The tables that give their rows: with a part of the schema those that it has, else those that were asked for. */
    private static Predicate<TableName> chosen(ArchiveListing listing, RestoreRequest request) {
        return switch (request.content()) {
            case SCHEMA -> table -> false;
            case DATA -> request::wants;
            case ALL -> {
                if (!request.isPartial()) {
                    yield table -> true;
                }
                Set<TableName> names =
                        ListSelection.choose(listing, request.tables(), request.schemas(), false).stream()
                                .filter(entry -> entry.type().equals("TABLE"))
                                .map(ArchiveListing.Entry::named)
                                .collect(Collectors.toCollection(HashSet::new));
                yield table -> names.contains(table) || request.wants(table);
            }
        };
    }

    private static SortedMap<TableName, Long> rows(
            ChunkedSource source, Predicate<TableName> chosen, ChunkedContents contents) {
        SortedMap<TableName, Long> rows = new TreeMap<>();
        SourceCheck.rows(source.metadata()).forEach((table, count) -> {
            if (chosen.test(table)) {
                rows.put(table, count - contents.missingRows(table));
            }
        });
        return rows;
    }
}
