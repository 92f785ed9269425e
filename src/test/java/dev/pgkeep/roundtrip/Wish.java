package dev.pgkeep.roundtrip;

import dev.pgkeep.dump.NamePattern;
import dev.pgkeep.manifest.Manifest.Content;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.restore.RestoreRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a test wants of a restore, as options of the command line would say it. Each method gives another one. */
record Wish(RestoreRequest request) {

    /** In place, without owners and grants, with a safety backup. */
    static Wish of(Target target) {
        return new Wish(RestoreRequest.whole(target, false, false));
    }

    /** {@code --to}. */
    static Wish to(Target target) {
        var r = RestoreRequest.whole(target, false, false);
        return new Wish(new RestoreRequest(
                target,
                true,
                false,
                false,
                false,
                Content.ALL,
                false,
                false,
                List.of(),
                List.of(),
                false,
                false,
                false,
                r.jobs(),
                true));
    }

    Wish createDb() {
        return with(true, request.dropExisting(), request.clean(), request.content(), request.truncate());
    }

    Wish dropExisting() {
        return with(request.createDatabase(), true, request.clean(), request.content(), request.truncate());
    }

    Wish clean() {
        return with(request.createDatabase(), request.dropExisting(), true, request.content(), request.truncate());
    }

    Wish dataOnly() {
        return with(request.createDatabase(), request.dropExisting(), request.clean(), Content.DATA, false);
    }

    Wish schemaOnly() {
        return with(request.createDatabase(), request.dropExisting(), request.clean(), Content.SCHEMA, false);
    }

    Wish truncate() {
        return with(request.createDatabase(), request.dropExisting(), request.clean(), request.content(), true);
    }

    Wish allowPartial() {
        var r = request;
        return new Wish(new RestoreRequest(
                r.target(),
                r.elsewhere(),
                r.createDatabase(),
                r.dropExisting(),
                r.clean(),
                r.content(),
                true,
                r.truncate(),
                r.tables(),
                r.schemas(),
                r.owners(),
                r.grants(),
                r.globals(),
                r.jobs(),
                r.safetyBackup()));
    }

    Wish tables(String... patterns) {
        return with(patterns(patterns), request.schemas(), request.owners(), request.grants(), request.safetyBackup());
    }

    Wish schemas(String... patterns) {
        return with(request.tables(), patterns(patterns), request.owners(), request.grants(), request.safetyBackup());
    }

    Wish ownersAndGrants() {
        return with(request.tables(), request.schemas(), true, true, request.safetyBackup());
    }

    Wish noSafetyBackup() {
        return with(request.tables(), request.schemas(), request.owners(), request.grants(), false);
    }

    Wish globals() {
        var r = request;
        return new Wish(new RestoreRequest(
                r.target(),
                r.elsewhere(),
                r.createDatabase(),
                r.dropExisting(),
                r.clean(),
                r.content(),
                r.allowPartial(),
                r.truncate(),
                r.tables(),
                r.schemas(),
                r.owners(),
                r.grants(),
                true,
                r.jobs(),
                r.safetyBackup()));
    }

    private Wish with(boolean create, boolean dropExisting, boolean clean, Content content, boolean truncate) {
        var r = request;
        return new Wish(new RestoreRequest(
                r.target(),
                r.elsewhere(),
                create,
                dropExisting,
                clean,
                content,
                r.allowPartial(),
                truncate,
                r.tables(),
                r.schemas(),
                r.owners(),
                r.grants(),
                r.globals(),
                r.jobs(),
                r.safetyBackup()));
    }

    private Wish with(
            List<NamePattern> tables, List<NamePattern> schemas, boolean owners, boolean grants, boolean safety) {
        var r = request;
        return new Wish(new RestoreRequest(
                r.target(),
                r.elsewhere(),
                r.createDatabase(),
                r.dropExisting(),
                r.clean(),
                r.content(),
                r.allowPartial(),
                r.truncate(),
                tables,
                schemas,
                owners,
                grants,
                r.globals(),
                Optional.of(2),
                safety));
    }

    private static List<NamePattern> patterns(String... texts) {
        return Arrays.stream(texts).map(NamePattern::of).toList();
    }
}
