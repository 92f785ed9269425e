package dev.pgkeep.operation.verify;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.ScratchServer;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding;
import dev.pgkeep.repository.inspection.Inspection;
import dev.pgkeep.repository.select.BackupSelector;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Examines backups, and the repository where all are meant: choose them, run. */
public final class VerifyBackups {
    private final Verify verify;
    private final Repository repository;
    private final Optional<String> database;
    private final Function<Inspection.Depth, Inspection> inspection;
    private final Supplier<List<String>> smoke;

    /**
     * Wires an examination of backups.
     *
     * @param database whose backups they are, where that is known
     * @param inspection looks at the repository as a whole
     * @param smoke gives the statements that a restored database must answer
     */
    public VerifyBackups(
            Verify verify,
            Repository repository,
            Optional<String> database,
            Function<Inspection.Depth, Inspection> inspection,
            Supplier<List<String>> smoke) {
        this.verify = verify;
        this.repository = repository;
        this.database = database;
        this.inspection = inspection;
        this.smoke = smoke;
    }

    /**
     * Chooses the backups that are meant.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS
     */
    public List<StoredBackup> choose(VerifyRequest request) {
        if (!request.all() && request.kind().isEmpty()) {
            return List.of(selector().find(request.backup().orElse("latest")));
        }
        List<StoredBackup> backups = repository.list().stream()
                .filter(each -> database.isEmpty()
                        || each.database().isEmpty()
                        || each.database().equals(database))
                .filter(each -> request.kind().isEmpty() || each.kind().equals(request.kind()))
                .toList();
        if (backups.isEmpty() && (!request.all() || inspect(request).isEmpty())) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND, "there is no backup to verify", "make one: pgkeep backup");
        }
        return backups;
    }

    /**
     * Examines the chosen backups, as one run of the history.
     *
     * @param backups what was {@linkplain #choose chosen}
     * @param server asked for where the depth needs one
     * @param told hears of each result as soon as it is there
     * @throws PgkeepException when the examination failed, which says nothing about the backups
     */
    public VerifyOutcome run(
            VerifyRequest request, List<StoredBackup> backups, ScratchServer server, Consumer<VerifyResult> told) {
        Optional<Target> scratch = request.depth() == Depth.RESTORE ? Optional.of(server.target()) : Optional.empty();
        List<Finding> findings = request.all() ? inspect(request) : List.of();
        if (backups.isEmpty()) {
            return new VerifyOutcome(List.of(), findings, Optional.empty());
        }
        try {
            String whose = database.or(() -> backups.getFirst().database()).orElse("");
            List<VerifyResult> results = verify.runAll(whose, backups, request.depth(), scratch, smoke.get(), told);
            return new VerifyOutcome(results, findings, instead(backups, results));
        } catch (PgkeepException e) {
            // What nobody here may read does not hide what is lost or damaged.
            if (e.code() != ErrorCode.TOOLS_TOO_OLD || Finding.damage(findings).isEmpty()) {
                throw e;
            }
            return new VerifyOutcome(List.of(), findings, Optional.empty());
        }
    }

    private List<Finding> inspect(VerifyRequest request) {
        return inspection
                .apply(request.depth() == Depth.QUICK ? Inspection.Depth.QUICK : Inspection.Depth.FULL)
                .findings();
    }

    /** The first of those that are damaged stands for all. */
    private Optional<String> instead(List<StoredBackup> backups, List<VerifyResult> results) {
        List<String> bad = results.stream()
                .filter(result -> !result.isGood())
                .map(VerifyResult::backup)
                .toList();
        return backups.stream()
                .filter(each -> bad.contains(each.name()))
                .findFirst()
                .map(first -> selector().insteadOf(first));
    }

    private BackupSelector selector() {
        return new BackupSelector(repository, database);
    }
}
