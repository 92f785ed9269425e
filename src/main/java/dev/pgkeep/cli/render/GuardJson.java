package dev.pgkeep.cli.render;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.operation.guard.DatabaseState;
import dev.pgkeep.operation.guard.GuardOutcome;
import dev.pgkeep.operation.guard.GuardPlan;
import dev.pgkeep.operation.guard.PendingMigrations;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.schema.SchemaDifference;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code migrate --json} and {@code guard --json}.
 *
 * @param outcome {@code done}, {@code nothing-pending}, {@code dry-run}, or the code of the error
 * @param pending names of the pending migrations; null when that cannot be told
 * @param schema null when nothing was run, or nobody could look afterwards
 */
@Json
public record GuardJson(
        String run,
        String outcome,
        String database,
        String server,
        @Nullable List<String> pending,
        @Nullable Ran command,
        @Nullable Ran check,
        @Nullable String safetyBackup,
        @Nullable String postBackup,
        List<Applied> migrationsBefore,
        @Nullable List<Applied> migrationsAfter,
        @Nullable SchemaJson schema,
        @Nullable List<Rows> rows,
        @Nullable Back rollback,
        @Nullable String message,
        @Nullable String hint) {

    /** A command that was run; or is to be run, and then without a status. */
    @Json
    public record Ran(String command, @Nullable Integer status, double seconds, boolean killed) {}

    /** The migrations that one tool has applied; -1 when it does not keep how many. */
    @Json
    public record Applied(
            String tool,
            int applied,
            @Nullable String head,
            @Nullable String note) {}

    /** The changes of the schema. */
    @Json
    public record SchemaJson(String summary, List<Change> changes) {}

    /** One object of the schema that was added, removed or changed. */
    @Json
    public record Change(String what, String kind, String name, String detail) {}

    /** A table with more or fewer rows than before. */
    @Json
    public record Rows(String table, long before, long after) {}

    /** The way back that was gone. */
    @Json
    public record Back(
            boolean proven,
            int tables,
            long rows,
            @Nullable String safetyBackup,
            List<String> differences,
            @Nullable String error) {}

    public static GuardJson ofPlan(GuardPlan plan) {
        return notRun(plan, "dry-run");
    }

    public static GuardJson idle(GuardPlan plan) {
        return notRun(plan, "nothing-pending");
    }

    public static GuardJson of(GuardOutcome.Ended outcome) {
        GuardOutcome.Ran ran = outcome.ran();
        GuardPlan plan = outcome.plan();
        Optional<GuardOutcome.Failed> failed =
                outcome instanceof GuardOutcome.Failed it ? Optional.of(it) : Optional.empty();
        Optional<PgkeepException> failure = failed.map(GuardOutcome.Failed::failure);
        return new GuardJson(
                plan.request().name(),
                failure.map(it -> it.code().text()).orElse("done"),
                plan.target().database(),
                plan.target().describeServer(),
                pending(plan),
                ran(ran.command()),
                ran.check().map(GuardJson::ran).orElse(null),
                ran.safetyBackup().name(),
                outcome instanceof GuardOutcome.Done done
                        ? done.postBackup().map(Manifest::name).orElse(null)
                        : null,
                applied(plan.before()),
                ran.after().map(GuardJson::applied).orElse(null),
                ran.schemaChanges().map(GuardJson::schema).orElse(null),
                ran.after().map(look -> rows(look, plan.before())).orElse(null),
                failed.flatMap(GuardOutcome.Failed::rollback)
                        .map(GuardJson::back)
                        .orElse(null),
                failure.map(PgkeepException::getMessage).orElse(null),
                failure.map(PgkeepException::hint).orElse(null));
    }

    private static GuardJson notRun(GuardPlan plan, String outcome) {
        return new GuardJson(
                plan.request().name(),
                outcome,
                plan.target().database(),
                plan.target().describeServer(),
                pending(plan),
                new Ran(plan.request().command().text(), null, 0, false),
                plan.request()
                        .check()
                        .map(check -> new Ran(check.text(), null, 0, false))
                        .orElse(null),
                null,
                null,
                applied(plan.before()),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable List<String> pending(GuardPlan plan) {
        return plan.pending().map(PendingMigrations::names).orElse(null);
    }

    private static Ran ran(CommandResult result) {
        return new Ran(result.command(), result.status(), result.took().toMillis() / 1000.0, result.wasKilled());
    }

    private static List<Applied> applied(DatabaseState look) {
        return look.migrations().stream().map(GuardJson::applied).toList();
    }

    private static Applied applied(AppliedMigrations each) {
        return new Applied(
                each.tool(),
                each.applied(),
                each.head().orElse(null),
                each.note().orElse(null));
    }

    private static SchemaJson schema(SchemaDifference difference) {
        return new SchemaJson(
                difference.describe(),
                difference.changes().stream()
                        .map(each -> new Change(each.what().word(), each.kind().word(), each.name(), each.detail()))
                        .toList());
    }

    private static List<Rows> rows(DatabaseState after, DatabaseState before) {
        return after.rowsChangedSince(before).entrySet().stream()
                .map(each -> new Rows(each.getKey().toString(), each.getValue()[0], each.getValue()[1]))
                .toList();
    }

    private static Back back(GuardOutcome.RolledBack rollback) {
        return new Back(
                rollback.isProven(),
                rollback.tables(),
                rollback.rows(),
                rollback.safetyBackup().orElse(null),
                rollback.differences(),
                rollback.failure().map(PgkeepException::getMessage).orElse(null));
    }
}
