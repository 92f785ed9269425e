package dev.pgkeep.operation.restore.plan;

import static dev.pgkeep.operation.restore.plan.RestoreOption.ALLOW_PARTIAL;
import static dev.pgkeep.operation.restore.plan.RestoreOption.CLEAN;
import static dev.pgkeep.operation.restore.plan.RestoreOption.CREATE_DATABASE;
import static dev.pgkeep.operation.restore.plan.RestoreOption.DELTA;
import static dev.pgkeep.operation.restore.plan.RestoreOption.DELTA_ALONE;
import static dev.pgkeep.operation.restore.plan.RestoreOption.DROP_EXISTING;
import static dev.pgkeep.operation.restore.plan.RestoreOption.GLOBALS;
import static dev.pgkeep.operation.restore.plan.RestoreOption.GOES_BACK;
import static dev.pgkeep.operation.restore.plan.RestoreOption.GRANTS;
import static dev.pgkeep.operation.restore.plan.RestoreOption.NO_PROOF;
import static dev.pgkeep.operation.restore.plan.RestoreOption.OWNERS;
import static dev.pgkeep.operation.restore.plan.RestoreOption.SAFETY_BACKUP;
import static dev.pgkeep.operation.restore.plan.RestoreOption.SKIP_DAMAGED;
import static dev.pgkeep.operation.restore.plan.RestoreOption.TRUNCATE;

import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.NamePattern;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The wishes of the user about a restore.
 *
 * @param target the database to restore into
 * @param elsewhere whether that is another database than the profile's own: then it is never replaced unasked
 * @param options what is allowed, and what goes along
 * @param content everything, the schema alone, or rows alone
 * @param tables only these tables; with {@code schemas} both empty: all
 * @param schemas only these schemas
 * @param jobs parallel connections
 * @param keepOld restore beside the target and swap the names; how long the replaced database is kept. Empty: the
 *     target is replaced
 * @param as the role whose rights everything that is loaded has; empty: those of the connection
 */
public record RestoreRequest(
        Target target,
        boolean elsewhere,
        Set<RestoreOption> options,
        Content content,
        List<NamePattern> tables,
        List<NamePattern> schemas,
        Optional<Integer> jobs,
        Optional<Duration> keepOld,
        Optional<String> as) {
    public RestoreRequest {
        options = Set.copyOf(options);
    }

    /** A restore of everything into a database of somebody's choice, which is neither made nor replaced. */
    public static RestoreRequest into(Target target) {
        return new RestoreRequest(
                target,
                true,
                Set.of(SAFETY_BACKUP, DELTA),
                Content.ALL,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Replaces the profile's own database with everything of a backup. */
    public static RestoreRequest whole(Target target) {
        RestoreRequest into = into(target).with(CREATE_DATABASE, true).with(DROP_EXISTING, true);
        return new RestoreRequest(
                target, false, into.options, into.content, into.tables, into.schemas, into.jobs, into.keepOld, into.as);
    }

    /** A restore of everything as undo does it: what was done to the database itself is taken back, too. */
    public static RestoreRequest back(Target target) {
        return whole(target).with(GOES_BACK, true);
    }

    /** This request with an option or without it. */
    public RestoreRequest with(RestoreOption option, boolean wanted) {
        Set<RestoreOption> other = EnumSet.of(option);
        other.addAll(options);
        if (!wanted) {
            other.remove(option);
        }
        return new RestoreRequest(target, elsewhere, other, content, tables, schemas, jobs, keepOld, as);
    }

    /** This request with several options. */
    public RestoreRequest with(RestoreOption... more) {
        RestoreRequest request = this;
        for (RestoreOption each : more) {
            request = request.with(each, true);
        }
        return request;
    }

    /** This request with owners and rights as the backup has them, or with what the role gets that restores. */
    public RestoreRequest withRoles(boolean wanted) {
        return with(OWNERS, wanted).with(GRANTS, wanted);
    }

    /** This request for the schema alone, the rows alone, or both. */
    public RestoreRequest only(Content part) {
        return new RestoreRequest(target, elsewhere, options, part, tables, schemas, jobs, keepOld, as);
    }

    /** This request for chosen tables, and all of chosen schemas. */
    public RestoreRequest only(List<NamePattern> someTables, List<NamePattern> someSchemas) {
        return new RestoreRequest(target, elsewhere, options, content, someTables, someSchemas, jobs, keepOld, as);
    }

    /** This request with so many connections. */
    public RestoreRequest by(Optional<Integer> connections) {
        return new RestoreRequest(target, elsewhere, options, content, tables, schemas, connections, keepOld, as);
    }

    /** This request beside the target, which is kept for so long after the names were swapped. */
    public RestoreRequest swapping(Duration keep) {
        return new RestoreRequest(target, elsewhere, options, content, tables, schemas, jobs, Optional.of(keep), as);
    }

    /** This request with the rights of a role and no others. */
    public RestoreRequest as(Optional<String> role) {
        return new RestoreRequest(target, elsewhere, options, content, tables, schemas, jobs, keepOld, role);
    }

    /** This request for the one server that answered. */
    RestoreRequest withTarget(Target settled) {
        return new RestoreRequest(settled, elsewhere, options, content, tables, schemas, jobs, keepOld, as);
    }

    boolean createDatabase() {
        return options.contains(CREATE_DATABASE);
    }

    boolean dropExisting() {
        return options.contains(DROP_EXISTING);
    }

    public boolean clean() {
        return options.contains(CLEAN);
    }

    boolean allowPartial() {
        return options.contains(ALLOW_PARTIAL);
    }

    public boolean truncate() {
        return options.contains(TRUNCATE);
    }

    public boolean owners() {
        return options.contains(OWNERS);
    }

    public boolean grants() {
        return options.contains(GRANTS);
    }

    public boolean globals() {
        return options.contains(GLOBALS);
    }

    public boolean goesBack() {
        return options.contains(GOES_BACK);
    }

    public boolean safetyBackup() {
        return options.contains(SAFETY_BACKUP);
    }

    /** Whether it may be enough to replace what differs: everything is wanted back, in the database itself. */
    boolean mayBeDelta() {
        return (options.contains(DELTA) || deltaAlone())
                && content == Content.ALL
                && !isPartial()
                && !clean()
                && keepOld.isEmpty()
                && as.isEmpty()
                && !globals()
                && !skipDamaged();
    }

    boolean deltaAlone() {
        return options.contains(DELTA_ALONE);
    }

    public boolean proves() {
        return !options.contains(NO_PROOF);
    }

    boolean skipDamaged() {
        return options.contains(SKIP_DAMAGED);
    }

    /** Whether a table is wanted by its own name or schema. */
    public boolean wants(TableName table) {
        return !isPartial()
                || tables.stream().anyMatch(pattern -> pattern.matches(table))
                || schemas.stream().anyMatch(pattern -> pattern.matchesName(table.schema()));
    }

    /** Whether only a part of the tables is wanted. */
    public boolean isPartial() {
        return !tables.isEmpty() || !schemas.isEmpty();
    }

    public int effectiveJobs() {
        return jobs.orElseGet(Parallelism::threads);
    }
}
