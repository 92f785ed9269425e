package dev.pgkeep.restore;

import dev.pgkeep.dump.NamePattern;
import dev.pgkeep.manifest.Manifest.Content;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants of a restore.
 *
 * @param target the database to restore into
 * @param elsewhere whether that is another database than the profile's own: then it is never replaced unasked
 * @param createDatabase whether a missing database may be created
 * @param dropExisting whether a filled one may be replaced
 * @param clean whether the objects inside are dropped instead of the database
 * @param content everything, the schema alone, or rows alone
 * @param allowPartial whether a backup of a part of a database may replace a whole one
 * @param truncate whether tables that hold rows may be emptied before rows go in
 * @param tables only these tables
 * @param schemas only these schemas
 * @param owners whether owners of objects are restored
 * @param grants whether rights on objects are restored
 * @param globals whether roles and tablespaces of the backup are created first
 * @param jobs parallel connections
 * @param safetyBackup whether the target is backed up before
 * @param skipDamaged whether what is damaged in a backup of chunks is left out, instead of refusing the backup
 * @param keepOld restore beside the target and swap the names; how long the replaced database is kept. Empty: the
 *     target is replaced
 */
public record RestoreRequest(
        Target target,
        boolean elsewhere,
        boolean createDatabase,
        boolean dropExisting,
        boolean clean,
        Content content,
        boolean allowPartial,
        boolean truncate,
        List<NamePattern> tables,
        List<NamePattern> schemas,
        boolean owners,
        boolean grants,
        boolean globals,
        Optional<Integer> jobs,
        boolean safetyBackup,
        boolean skipDamaged,
        Optional<Duration> keepOld) {

    /** One that refuses damaged backups. */
    public RestoreRequest(
            Target target,
            boolean elsewhere,
            boolean createDatabase,
            boolean dropExisting,
            boolean clean,
            Content content,
            boolean allowPartial,
            boolean truncate,
            List<NamePattern> tables,
            List<NamePattern> schemas,
            boolean owners,
            boolean grants,
            boolean globals,
            Optional<Integer> jobs,
            boolean safetyBackup) {
        this(
                target,
                elsewhere,
                createDatabase,
                dropExisting,
                clean,
                content,
                allowPartial,
                truncate,
                tables,
                schemas,
                owners,
                grants,
                globals,
                jobs,
                safetyBackup,
                false,
                Optional.empty());
    }

    /** The same, with damaged rows left out where {@code skip} says so. */
    public RestoreRequest skippingDamaged(boolean skip) {
        return copy(target, content, safetyBackup, skip, keepOld);
    }

    /** The same beside the target, which is kept for so long after the names were swapped. */
    public RestoreRequest swapping(Duration keep) {
        return copy(target, content, safetyBackup, skipDamaged, Optional.of(keep));
    }

    /** The same without a backup of the target before. */
    public RestoreRequest withoutSafetyBackup() {
        return copy(target, content, false, skipDamaged, keepOld);
    }

    /** Replaces the target with the whole backup, owners and rights as the caller says. */
    public static RestoreRequest whole(Target target, boolean owners, boolean grants) {
        return new RestoreRequest(
                target,
                false,
                true,
                true,
                false,
                Content.ALL,
                false,
                false,
                List.of(),
                List.of(),
                owners,
                grants,
                false,
                Optional.empty(),
                true);
    }

    /** The same without rows. */
    RestoreRequest definitionsOnly() {
        return copy(target, Content.SCHEMA, safetyBackup, skipDamaged, keepOld);
    }

    /** The same for the one server that answered. */
    RestoreRequest withTarget(Target settled) {
        return copy(settled, content, safetyBackup, skipDamaged, keepOld);
    }

    /** The same but for what is asked of its copies. */
    private RestoreRequest copy(
            Target other, Content part, boolean backedUp, boolean skip, Optional<Duration> keptFor) {
        return new RestoreRequest(
                other,
                elsewhere,
                createDatabase,
                dropExisting,
                clean,
                part,
                allowPartial,
                truncate,
                tables,
                schemas,
                owners,
                grants,
                globals,
                jobs,
                backedUp,
                skip,
                keptFor);
    }

    /** Whether a table is wanted by its own name or schema. */
    boolean wants(TableName table) {
        return !isPartial()
                || tables.stream().anyMatch(pattern -> pattern.matches(table))
                || schemas.stream().anyMatch(pattern -> pattern.matchesName(table.schema()));
    }

    /** Whether only a part of the tables is wanted. */
    public boolean isPartial() {
        return !tables.isEmpty() || !schemas.isEmpty();
    }

    /** How many threads have enough to do here. */
    static int cores() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    }

    public int effectiveJobs() {
        return jobs.orElse(cores());
    }
}
