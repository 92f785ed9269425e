package dev.pgkeep.testing;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.NamePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a test wants of a restore, as options of the command line would say it. Each method gives another one. */
public record Wish(RestoreRequest request) {

    /** In place, without owners and grants, with a safety backup. */
    public static Wish of(Target target) {
        return new Wish(RestoreRequest.whole(target));
    }

    /** {@code --to}. */
    public static Wish to(Target target) {
        return new Wish(RestoreRequest.into(target));
    }

    public Wish createDb() {
        return with(RestoreOption.CREATE_DATABASE);
    }

    public Wish dropExisting() {
        return with(RestoreOption.DROP_EXISTING);
    }

    public Wish clean() {
        return with(RestoreOption.CLEAN);
    }

    public Wish dataOnly() {
        return new Wish(request.only(Content.DATA).with(RestoreOption.TRUNCATE, false));
    }

    public Wish schemaOnly() {
        return new Wish(request.only(Content.SCHEMA).with(RestoreOption.TRUNCATE, false));
    }

    public Wish truncate() {
        return with(RestoreOption.TRUNCATE);
    }

    public Wish allowPartial() {
        return with(RestoreOption.ALLOW_PARTIAL);
    }

    public Wish tables(String... patterns) {
        return new Wish(request.only(patterns(patterns), request.schemas()).by(Optional.of(2)));
    }

    public Wish schemas(String... patterns) {
        return new Wish(request.only(request.tables(), patterns(patterns)).by(Optional.of(2)));
    }

    public Wish ownersAndGrants() {
        return new Wish(request.withRoles(true));
    }

    public Wish noSafetyBackup() {
        return new Wish(request.with(RestoreOption.SAFETY_BACKUP, false));
    }

    /** Everything is replaced, however little differs. */
    public Wish noDelta() {
        return new Wish(request.with(RestoreOption.DELTA, false));
    }

    public Wish globals() {
        return with(RestoreOption.GLOBALS);
    }

    public Wish skipDamaged() {
        return with(RestoreOption.SKIP_DAMAGED);
    }

    private Wish with(RestoreOption option) {
        return new Wish(request.with(option));
    }

    private static List<NamePattern> patterns(String... texts) {
        return Arrays.stream(texts).map(NamePattern::of).toList();
    }
}
