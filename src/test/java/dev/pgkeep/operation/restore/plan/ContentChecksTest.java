package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.postgres.dump.NamePattern;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a backup holds, and what it lacks. */
final class ContentChecksTest {
    private static final String AROUND = "restore it beside with --to NAME --create-db, take single tables with -t or"
            + " rows alone with --data-only --truncate, or add --allow-partial";

    @Test
    void a_backup_that_is_ahead_of_the_code_is_told() {
        MadeSubject subject = MadeSubject.in(RestoreMode.REPLACE)
                .of(manifest -> manifest.migrations(List.of(new Manifest.Migrations("flyway", 3, "3"))));
        assertThat(checks(subject).migrations(code("flyway", "1", "2")))
                .containsExactly(Finding.note(
                        "the backup is ahead of the code: it has the migration 3, which is not in db",
                        "check out the code that fits, or choose an older backup"));
        assertThat(checks(subject).migrations(code("flyway", "1", "2", "3"))).isEmpty();
        assertThat(checks(subject).migrations(code("rails", "1"))).isEmpty();
        assertThat(checks(subject).migrations(Optional.empty())).isEmpty();
    }

    @Test
    void a_part_may_take_the_place_of_a_whole_only_when_that_is_said() {
        MadeSubject rows = MadeSubject.in(RestoreMode.REPLACE)
                .of(manifest -> manifest.content(Content.DATA).filters(List.of("--table=a", "--table=b")))
                .over("UTF8", 3, 100);
        String text = "the backup holds only a part of its database (rows without the schema --table=a --table=b):"
                + " everything else that is in shop now ";
        assertThat(checks(rows).leftOut()).containsExactly(Finding.blocking(text + "would be gone", AROUND));
        rows.wanting(request -> request.with(RestoreOption.ALLOW_PARTIAL));
        assertThat(checks(rows).leftOut()).containsExactly(Finding.note(text + "will be gone", ""));
    }

    @Test
    void a_part_takes_the_place_of_nothing_unasked() {
        MadeSubject schema = MadeSubject.in(RestoreMode.REPLACE)
                .of(manifest -> manifest.content(Content.SCHEMA))
                .over("UTF8", 0, 100);
        assertThat(checks(schema).leftOut())
                .containsExactly(Finding.note(
                        "the backup holds only a part of its database (the schema without rows): everything else that"
                                + " is in shop now will be gone",
                        ""));
        assertThat(checks(MadeSubject.in(RestoreMode.REPLACE).over("UTF8", 3, 100))
                        .leftOut())
                .isEmpty();
        assertThat(checks(schema.foreign()).leftOut()).isEmpty();
    }

    @Test
    void a_script_of_a_whole_server_and_a_part_of_a_script_are_refused() {
        MadeSubject script = MadeSubject.in(RestoreMode.ADD)
                .script(true)
                .wanting(request -> request.only(List.of(NamePattern.of("t")), List.of()));
        assertThat(checks(script).script())
                .containsExactly(
                        Finding.blocking(
                                "b.dump is a dump of a whole server by pg_dumpall",
                                "restore it with: psql --file=b.dump postgres"),
                        Finding.blocking(
                                "single tables cannot be taken out of a plain script",
                                "restore it whole beside (--to NAME --create-db), or take the rows alone with"
                                        + " --data-only -t"));
        assertThat(checks(script.script(false).wanting(request -> request.only(Content.DATA)))
                        .script())
                .isEmpty();
        assertThat(checks(MadeSubject.in(RestoreMode.ADD)
                                .wanting(request -> request.only(List.of(NamePattern.of("t")), List.of())))
                        .script())
                .isEmpty();
    }

    @Test
    void what_is_damaged_is_told_run_by_run() {
        TableName table = new TableName("public", "orders");
        assertThat(checks(MadeSubject.in(RestoreMode.REPLACE)
                                .missing(
                                        new MissingRows(table, 0, 512, 1204, "it is gone"),
                                        new MissingRows(table, 1024, 1, 1, "it is gone")))
                        .damage())
                .containsExactly(
                        Finding.note(
                                "damaged and left out: 1,204 rows of public.orders in blocks 0 to 511 (it is gone)",
                                ""),
                        Finding.note(
                                "damaged and left out: 1 row of public.orders in blocks 1024 to 1024 (it is gone)",
                                ""));
        assertThat(checks(MadeSubject.in(RestoreMode.REPLACE)).damage()).isEmpty();
    }

    private static Optional<CodeMigrations> code(String tool, String... names) {
        return Optional.of(new CodeMigrations(tool, Path.of("db"), List.of(names)));
    }

    private static ContentChecks checks(MadeSubject subject) {
        return new ContentChecks(subject.made());
    }
}
