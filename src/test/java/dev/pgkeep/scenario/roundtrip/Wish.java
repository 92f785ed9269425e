package dev.pgkeep.scenario.roundtrip;

import dev.pgkeep.postgres.dump.NamePattern;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a test wants of a restore, as options of the command line would say it. Each method gives another one. */
record Wish(RestoreRequest request) {

    /** In place, without owners and grants, with a safety backup. */
    static Wish of(Target target) {
        return new Wish(RestoreRequest.whole(target));
    }

    /** {@code --to}. */
    static Wish to(Target target) {
        return new Wish(RestoreRequest.into(target));
    }

    Wish createDb() {
        return with(RestoreOption.CREATE_DATABASE);
    }

    Wish dropExisting() {
        return with(RestoreOption.DROP_EXISTING);
    }

    Wish clean() {
        return with(RestoreOption.CLEAN);
    }

    Wish dataOnly() {
        return new Wish(request.only(Content.DATA).with(RestoreOption.TRUNCATE, false));
    }

    Wish schemaOnly() {
        return new Wish(request.only(Content.SCHEMA).with(RestoreOption.TRUNCATE, false));
    }

    Wish truncate() {
        return with(RestoreOption.TRUNCATE);
    }

    Wish allowPartial() {
        return with(RestoreOption.ALLOW_PARTIAL);
    }

    Wish tables(String... patterns) {
        return new Wish(request.only(patterns(patterns), request.schemas()).by(Optional.of(2)));
    }

    Wish schemas(String... patterns) {
        return new Wish(request.only(request.tables(), patterns(patterns)).by(Optional.of(2)));
    }

    Wish ownersAndGrants() {
        return new Wish(request.withRoles(true));
    }

    Wish noSafetyBackup() {
        return new Wish(request.with(RestoreOption.SAFETY_BACKUP, false));
    }

    Wish globals() {
        return with(RestoreOption.GLOBALS);
    }

    Wish skipDamaged() {
        return with(RestoreOption.SKIP_DAMAGED);
    }

    private Wish with(RestoreOption option) {
        return new Wish(request.with(option));
    }

    private static List<NamePattern> patterns(String... texts) {
        return Arrays.stream(texts).map(NamePattern::of).toList();
    }
}
