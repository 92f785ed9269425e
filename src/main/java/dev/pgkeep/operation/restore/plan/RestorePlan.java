package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan of a restore: everything that is known and decided before anything is touched; what {@code --dry-run}
 * prints.
 *
 * @param request what was asked for
 * @param source what is restored
 * @param target the database, on the one server that answered
 * @param server that server
 * @param tools the client programs that will be used
 * @param existing the target as it is; empty when there is none
 * @param way how it will be replaced
 * @param contents what of the backup is restored
 * @param isProtected whether the target bears the mark of {@code pgkeep protect}, or bore it when an interrupted run
 *     dropped it; the mark is put on the database that takes its place
 * @param findings everything worth knowing, and everything in the way
 * @param delta what differs, where only that is replaced
 * @param leftOut ids of entries of the backup's archive that are not restored, since the server refuses them
 */
public record RestorePlan(
        RestoreRequest request,
        RestoreSource source,
        Target target,
        ServerInfo server,
        ClientSet tools,
        Optional<ExistingDatabase> existing,
        RestoreMode way,
        SourceContents contents,
        boolean isProtected,
        List<Finding> findings,
        Optional<DatabaseDelta> delta,
        Set<Integer> leftOut) {
    /**
     * The time that a database is kept which nobody wanted to keep, and which may be needed; {@code keep-old} unset.
     */
    public static final Duration KEPT_IN_DOUBT = Duration.ofHours(24);

    /** This plan without some entries of the archive, and with what is told about them. */
    public RestorePlan leavingOut(Set<Integer> entries, List<Finding> told) {
        Set<TableName> tables = contents.listing().stream()
                .flatMap(listing -> listing.tables(entries).stream())
                .collect(Collectors.toSet());
        return new RestorePlan(
                request,
                source,
                target,
                server,
                tools,
                existing,
                way,
                contents.without(tables),
                isProtected,
                Stream.concat(findings.stream(), told.stream()).toList(),
                delta,
                entries);
    }

    /** This plan with more findings. */
    public RestorePlan with(List<Finding> more) {
        return changed(
                request, way, Stream.concat(findings.stream(), more.stream()).toList(), leftOut);
    }

    /** This plan by replacing what is inside the target, in one transaction. */
    public RestorePlan inPlace() {
        return changed(request, RestoreMode.CLEAN, findings, Set.of());
    }

    /** This plan with the database that is replaced kept, as long as where somebody wrote to it meanwhile. */
    public RestorePlan keepingOld() {
        return changed(request.swapping(KEPT_IN_DOUBT), way, findings, leftOut);
    }

    private RestorePlan changed(RestoreRequest wanted, RestoreMode mode, List<Finding> told, Set<Integer> entries) {
        return new RestorePlan(
                wanted, source, target, server, tools, existing, mode, contents, isProtected, told, delta, entries);
    }

    /**
     * The plan of going back, by the same way, to definitions of the target as it is now.
     *
     * @param definitions an archive without rows
     * @param held what is in it
     * @param client the programs that made it, which can read it
     */
    public RestorePlan backTo(RestoreSource definitions, SourceContents held, ClientSet client) {
        return back(definitions, held, target, server, client, existing, way);
    }

    /** The plan of going back to definitions of a database as it is now. */
    public static RestorePlan back(
            RestoreSource definitions,
            SourceContents held,
            Target target,
            ServerInfo server,
            ClientSet tools,
            Optional<ExistingDatabase> existing,
            RestoreMode way) {
        return new RestorePlan(
                RestoreRequest.back(target).withRoles(server.superuser()).only(Manifest.Content.SCHEMA),
                definitions,
                target,
                server,
                tools,
                existing,
                way,
                held,
                false,
                List.of(),
                Optional.empty(),
                Set.of());
    }

    /** Rows per table that must be there afterwards. */
    public SortedMap<TableName, Long> expectedRows() {
        return contents.rows();
    }

    /** Rows that are damaged in the backup and left out, because that was asked for. */
    public List<MissingRows> missing() {
        return contents.chunks().map(ChunkedContents::missing).orElse(List.of());
    }

    public List<Finding> blocking() {
        return findings.stream().filter(Finding::blocks).toList();
    }

    /** Whether what is loaded is not compared with the backup; rows that go in place are counted all the same. */
    public boolean skipsProof() {
        return !request.proves()
                && request.content() == Content.ALL
                && switch (way) {
                    case CREATE, REPLACE, FILL -> true;
                    case ADD -> !request.clean();
                    case DELTA, CLEAN, ROWS -> false;
                };
    }

    /** Whether something of value is lost that a safety backup must hold. */
    public boolean needsSafetyBackup() {
        return request.safetyBackup()
                && existing.filter(ExistingDatabase::isWorthKeeping).isPresent();
    }

    /** Whether the database that is replaced is kept under another name. */
    public boolean keepsOld() {
        return way == RestoreMode.REPLACE && request.keepOld().isPresent();
    }

    /** Whether the target's content goes away. */
    public boolean isDestructive() {
        return switch (way) {
            case REPLACE, DELTA, CLEAN ->
                existing.filter(ExistingDatabase::isWorthKeeping).isPresent();
            case ROWS -> request.truncate();
            case ADD -> request.clean();
            case CREATE, FILL -> false;
        };
    }
}
