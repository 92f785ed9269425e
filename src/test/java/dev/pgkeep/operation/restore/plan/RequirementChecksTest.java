package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.dump.NamePattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup needs of a server. */
final class RequirementChecksTest {
    @TempDir
    private Path disk;

    @Test
    void a_backup_of_a_newer_server_is_told_and_one_of_an_older_is_not() {
        assertThat(checks(from("17.2")).version())
                .containsExactly(Finding.note(
                        "the backup is from PostgreSQL 17, the server is 15",
                        "what the older server does not know will stop the restore; test with --to and --create-db"));
        assertThat(checks(from("15.3")).version()).isEmpty();
        assertThat(checks(from("14.3")).version()).isEmpty();
        assertThat(checks(from("17.2").foreign()).version()).isEmpty();
    }

    @Test
    void extensions_that_the_server_lacks_are_refused_wherever_they_are_written_down() {
        MadeSubject subject = MadeSubject.in(RestoreMode.REPLACE)
                .of(manifest -> manifest.extensions(List.of(new Manifest.ExtensionVersion("postgis", "3.4", "public"))))
                .holding("EXTENSION", "vector", "")
                .holding("EXTENSION", "hstore", "");
        assertThat(checks(subject).extensions(Set.of("hstore", "plpgsql")))
                .containsExactly(Finding.blocking(
                        "the server does not have the extensions postgis, vector",
                        "install their packages on the server, for instance postgresql-15-NAME"));
        assertThat(checks(subject).extensions(Set.of("hstore", "postgis", "vector")))
                .isEmpty();
        assertThat(checks(subject.wanting(request -> request.only(List.of(NamePattern.of("t")), List.of())))
                        .extensions(Set.of()))
                .isEmpty();
    }

    @Test
    void owners_that_are_missing_are_refused_only_where_owners_are_restored() {
        MadeSubject subject = MadeSubject.in(RestoreMode.REPLACE)
                .holding("TABLE", "a", "sales")
                .holding("TABLE", "b", "app")
                .holding("VIEW", "v", "nobody");
        assertThat(checks(subject).roles(Set.of("app")))
                .containsExactly(Finding.note(
                        "tables of sales will belong to app", "add --owners (and --grants) to keep owners and rights"));
        subject.wanting(request -> request.withRoles(true));
        assertThat(checks(subject).roles(Set.of("app")))
                .containsExactly(Finding.blocking(
                        "the server does not have the roles sales",
                        "create them, restore them with --globals, or leave --owners out"));
        assertThat(checks(subject).roles(Set.of("app", "sales"))).isEmpty();
        subject.wanting(request -> request.with(RestoreOption.GLOBALS));
        assertThat(checks(subject).roles(Set.of("app"))).isEmpty();
    }

    @Test
    void a_tablespace_that_is_missing_is_told() {
        assertThat(checks(MadeSubject.in(RestoreMode.CREATE)).tablespace(Set.of("fast")))
                .containsExactly(
                        Finding.note("the tablespace pg_default cannot be used here", "the default one will be used"));
        assertThat(checks(MadeSubject.in(RestoreMode.CREATE)).tablespace(Set.of("pg_default")))
                .isEmpty();
    }

    @Test
    void a_disk_that_is_too_small_is_refused_unless_replacing_makes_room() {
        long tooMuch = Long.MAX_VALUE / 2;
        assertThat(checks(needing(RestoreMode.CREATE, tooMuch)).space())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.blocks()).isTrue();
                    assertThat(each.text())
                            .startsWith("the server's disk has ")
                            .contains(" free, the tables alone need ");
                    assertThat(each.hint())
                            .isEqualTo("free space on the server, or restore to another one with --to URL");
                });
        assertThat(checks(needing(RestoreMode.REPLACE, tooMuch).over("UTF8", 1, tooMuch))
                        .space())
                .as("what is replaced makes no room before the new one is whole")
                .singleElement()
                .satisfies(
                        each -> assertThat(each.hint()).contains("the old database stays until the new one is whole"));
        assertThat(checks(needing(RestoreMode.CREATE, 1)).space()).isEmpty();
        assertThat(checks(needing(RestoreMode.CREATE, tooMuch).foreign()).space())
                .isEmpty();
    }

    private MadeSubject needing(RestoreMode mode, long bytes) {
        return MadeSubject.in(mode).of(manifest -> manifest.sourceBytes(bytes)).onDiskOf(disk);
    }

    private static MadeSubject from(String version) {
        return MadeSubject.in(RestoreMode.REPLACE)
                .of(manifest -> manifest.server(new Manifest.Server("localhost:5432", version, 0, null)));
    }

    private static RequirementChecks checks(MadeSubject subject) {
        return new RequirementChecks(subject.made());
    }
}
