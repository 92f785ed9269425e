package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.delta.DeltaLook;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import java.util.List;
import java.util.Optional;

/** Decides whether replacing what differs is enough, and what is told about it. */
final class DeltaChoice {
    private final Connector connector;
    private final ClientTools tools;
    private final Progress progress;
    private final Cancellation cancellation;
    private Optional<DatabaseDelta> delta = Optional.empty();
    private List<Finding> findings = List.of();

    DeltaChoice(Connector connector, ClientTools tools, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** What differs, where only that is replaced. */
    Optional<DatabaseDelta> delta() {
        return delta;
    }

    List<Finding> findings() {
        return findings;
    }

    /**
     * Decides.
     *
     * @param usual how the database is replaced otherwise
     */
    DeltaChoice of(
            RestoreSource source,
            RestoreRequest request,
            ServerInfo server,
            RestoreMode usual,
            Optional<ExistingDatabase> existing) {
        boolean replaces = usual == RestoreMode.REPLACE || usual == RestoreMode.CLEAN;
        boolean wanted = request.mayBeDelta() && replaces && !request.elsewhere();
        if (!wanted || existing.filter(ExistingDatabase::isWorthKeeping).isEmpty()) {
            refused(request, "it is for taking a database back to a whole backup of its own");
            return this;
        }
        if (!(source instanceof ChunkedSource chunked)) {
            refused(request, "only chunked backups tell what changed since");
            return this;
        }
        if (!request.deltaAlone()
                && !DatabaseDelta.isWorthLooking(chunked.metadata().sourceBytes())) {
            return this;
        }
        switch (look(chunked, request, server)) {
            case DeltaLook.Answer.Possible(DatabaseDelta found)
            when request.deltaAlone() || found.isCheaper() -> delta = Optional.of(found);
            case DeltaLook.Answer.Possible possible -> {}
            case DeltaLook.Answer.Impossible(String why) -> {
                refused(request, why);
                if (!request.deltaAlone() && chunked.chunks().lineage() != null) {
                    progress.note("everything is replaced, not only what differs: " + why);
                }
            }
        }
        return this;
    }

    private DeltaLook.Answer look(ChunkedSource source, RestoreRequest request, ServerInfo server) {
        try {
            return new DeltaLook(
                            source,
                            tools.chooseForDump(Version.ofNumber(server.versionNumber())),
                            connector,
                            progress,
                            cancellation)
                    .at(request.target(), request.goesBack());
        } catch (PgkeepException e) {
            boolean passing = e.code() == ErrorCode.LOCK_BUSY
                    || e.code() == ErrorCode.TOOLS_MISSING
                    || e.code() == ErrorCode.TOOLS_TOO_OLD
                    || e.code() == ErrorCode.RIGHTS_MISSING
                    || e.code() == ErrorCode.SERVER_UNSUPPORTED;
            if (!passing) {
                throw e;
            }
            return new DeltaLook.Answer.Impossible(String.valueOf(e.getMessage()));
        }
    }

    private void refused(RestoreRequest request, String why) {
        if (request.deltaAlone()) {
            findings = List.of(
                    Finding.blocking("it is not possible to replace only what differs: " + why, "leave out --delta"));
        }
    }
}
