package dev.pgkeep.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Manifests;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.testing.ReadOnlyView;
import dev.pgkeep.testing.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path temporary;

    private Path root = Path.of("none");
    private Repository repository = Repository.open(root, CLOCK);

    @BeforeEach
    void open() {
        root = temporary.resolve("some/backups");
        repository = Repository.open(root, CLOCK);
    }

    @Test
    void opening_and_listing_write_nothing() {
        assertThat(repository.list()).isEmpty();
        assertThat(repository.history().runs()).isEmpty();
        assertThat(repository.cleanUp()).isEmpty();
        assertThat(repository.id()).isEmpty();
        assertThat(root).doesNotExist();
        assertThat(repository.freeBytes()).isPositive();
    }

    @Test
    void committed_backups_are_listed_newest_first() throws IOException {
        store("b", 2);
        store("a", 1);
        store("c", 1);
        assertThat(names()).containsExactly("b", "c", "a");
        StoredBackup newest = repository.list().getFirst();
        assertThat(newest.isOurs()).isTrue();
        assertThat(newest.problem()).isEmpty();
        assertThat(newest.data()).containsExactly(root.resolve("b.dump"));
        assertThat(repository.manifest(newest).name()).isEqualTo("b");
        assertThat(root.resolve("work")).isEmptyDirectory();
    }

    @Test
    void two_backups_in_one_second_get_different_names() throws IOException {
        assertThat(store("a", 1)).isEqualTo("a");
        assertThat(store("a", 1)).isEqualTo("a-2");
        try (PendingBackup third = repository.begin("a", false);
                PendingBackup fourth = repository.begin("a", false)) {
            assertThat(third.name()).isEqualTo("a-3");
            assertThat(fourth.name()).isEqualTo("a-4");
        }
    }

    @Test
    void an_exact_name_that_is_taken_is_refused() throws IOException {
        store("a", 1);
        Files.writeString(root.resolve("other.sql.gz"), "somebody's");
        try (PendingBackup pending = repository.begin("b", true)) {
            for (String taken : List.of("a", pending.name(), "other", "pgkeep")) {
                assertFails(() -> repository.begin(taken, true), ErrorCode.BACKUP_NAME_TAKEN);
            }
        }
    }

    @Test
    void closing_without_commit_leaves_nothing() throws IOException {
        try (PendingBackup pending = repository.begin("a", true)) {
            Files.writeString(pending.data("a.dump"), "PGDMP");
            assertThat(repository.list()).isEmpty();
        }
        assertThat(repository.list()).isEmpty();
        assertThat(root.resolve("work")).isEmptyDirectory();
        assertThat(root.resolve("a.dump")).doesNotExist();
    }

    @Test
    void roles_and_tablespaces_are_listed_and_removed_with_their_backup() throws IOException {
        store("a", 1);
        Path globals = Files.writeString(root.resolve("a.globals.sql"), "CREATE ROLE app;");
        Path strange = Files.writeString(root.resolve("b.globals.sql"), "CREATE ROLE app;");
        assertThat(names()).containsExactlyInAnyOrder("a", "b.globals");
        repository.remove(repository.list().stream()
                .filter(backup -> backup.name().equals("a"))
                .findFirst()
                .orElseThrow());
        assertThat(globals).doesNotExist();
        assertThat(strange).exists();
    }

    @Test
    void files_are_private() throws IOException {
        try (PendingBackup pending = repository.begin("a", true)) {
            Path folder = Files.createDirectory(pending.data("a"));
            Files.writeString(folder.resolve("toc.dat"), "PGDMP");
            pending.sync();
            pending.commit(Manifests.custom("a", "shop", NOON, "a/toc.dat", 5, List.of()));
        }
        repository.mark(new Mark("a", Mark.Type.CHECKED, NOON, Map.of()));
        repository.history().record(run("1"));
        repository.lease(repository.list().getFirst()).close();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path each : tree.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                assertThat(mode).as(each.toString()).isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void what_a_dead_run_had_not_checked_is_removed() throws IOException {
        store("good", 1);
        dead("a", false, List.of("a.dump"), List.of());
        assertThat(names()).containsExactly("good");
        assertThat(repository.cleanUp()).singleElement().asString().contains("removed the unfinished backup a");
        assertThat(names()).containsExactly("good");
        assertThat(root.resolve("work")).isEmptyDirectory();
    }

    @Test
    void files_that_a_killed_run_left_half_written_are_removed_and_nothing_else() throws IOException {
        store("good", 1);
        mark("good", Mark.Type.CHECKED, 0);
        repository.history().record(run("1"));
        List<Path> half = List.of(
                root.resolve(".pgkeep.json.2f.tmp"),
                root.resolve("marks/.good.20261120T120000000Z.checked.json.1a2b3c.tmp"),
                root.resolve("runs/.2026-11-20T120000-000000Z-1a2b3c4d.json.ffffffffffffffff.tmp"));
        List<Path> others = List.of(
                root.resolve(".notes.json.2f.tmp"), root.resolve("marks/mine.tmp"), root.resolve("runs/.json.tmp"));
        for (Path file : Stream.concat(half.stream(), others.stream()).toList()) {
            Files.writeString(file, "{ \"ver");
        }
        assertThat(repository.cleanUp()).isEmpty();
        assertThat(half).noneMatch(Files::exists);
        assertThat(others).allMatch(Files::exists);
        assertThat(named("good").marks()).hasSize(1);
        assertThat(repository.history().runs()).hasSize(1);
    }

    @Test
    void what_a_living_run_is_writing_comes_about_however_often_others_clean_up() throws Exception {
        store("good", 1);
        AtomicBoolean done = new AtomicBoolean();
        Thread cleaner = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                repository.cleanUp();
            }
        });
        Process another = child("clean", root.toString());
        try {
            for (int second = 0; second < 100; second++) {
                mark("good", Mark.Type.CHECKED, second);
            }
            assertThat(another.isAlive()).isTrue();
        } finally {
            done.set(true);
            cleaner.join();
            another.destroyForcibly().waitFor();
        }
        assertThat(named("good").marks()).hasSize(100);
        try (Stream<Path> marks = Files.list(root.resolve("marks"))) {
            assertThat(marks).hasSize(100);
        }
    }

    @Test
    void folders_that_died_before_they_had_a_name_are_removed_and_those_of_living_runs_stay() throws Exception {
        Path work = Files.createDirectories(root.resolve("work"));
        Path empty = Files.createDirectory(work.resolve(".new-1"));
        Path locked = Files.createDirectory(work.resolve(".new-2"));
        Files.createFile(locked.resolve("lock"));
        Path living = Files.createDirectory(work.resolve(".new-3"));
        Process child = child("lock", living.resolve("lock").toString());
        try {
            repository.cleanUp();
            assertThat(empty).doesNotExist();
            assertThat(locked).doesNotExist();
            assertThat(living).exists();
        } finally {
            child.destroyForcibly().waitFor();
        }
        repository.cleanUp();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void a_commit_that_was_cut_short_is_finished_from_every_state() throws IOException {
        store("good", 1);
        List<String> files = List.of("a.dump", "a.sql");
        for (int moved = 0; moved <= 2; moved++) {
            dead("a", true, files.subList(moved, 2), files.subList(0, moved));
            assertThat(names()).as("%s moved", moved).containsExactly("good");
            assertThat(repository.cleanUp()).singleElement().asString().contains("finished a");
            assertThat(names()).containsExactly("a", "good");
            StoredBackup backup = repository.list().getFirst();
            assertThat(backup.problem()).isEmpty();
            assertThat(root.resolve("work")).isEmptyDirectory();
            repository.remove(backup);
            Files.deleteIfExists(root.resolve("a.sql"));
            assertThat(names()).containsExactly("good");
        }
    }

    @Test
    void a_commit_that_died_before_its_folder_went_is_whole() throws IOException {
        store("a", 1);
        dead("a", false, List.of(), List.of());
        assertThat(repository.cleanUp()).isEmpty();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void a_removal_that_was_cut_short_is_finished_from_every_state() throws IOException {
        store("good", 1);
        for (int gone = 0; gone <= 2; gone++) {
            store("a", 2);
            dead("a", false, List.of(), List.of());
            Files.writeString(root.resolve("work/a/removal"), "a.json\0a.dump");
            if (gone > 0) {
                Files.delete(root.resolve("a.json"));
            }
            if (gone > 1) {
                Files.delete(root.resolve("a.dump"));
            }
            assertThat(names()).containsExactly("good");
            assertThat(repository.cleanUp()).singleElement().asString().contains("removal of a");
            assertThat(names()).containsExactly("good");
            assertThat(root.resolve("a.json")).doesNotExist();
            assertThat(root.resolve("a.dump")).doesNotExist();
        }
    }

    @Test
    void a_removal_never_reaches_other_files() throws IOException {
        store("good", 1);
        Path odd = Files.writeString(root.resolve("x\ngood.dump"), "SELECT 1;");
        repository.remove(named("x\ngood"));
        assertThat(odd).doesNotExist();
        Path outside = Files.writeString(root.resolveSibling("outside.dump"), "mine");
        dead("a", false, List.of(), List.of());
        Files.writeString(root.resolve("work/a/removal"), "../outside.dump\0");
        repository.cleanUp();
        assertThat(outside).exists();
        assertThat(names()).containsExactly("good");
        assertThat(named("good").problem()).isEmpty();
    }

    @Test
    void the_folder_of_a_living_run_is_left_alone() throws Exception {
        store("good", 1);
        Process child = child("begin", "a");
        try {
            assertThat(repository.cleanUp()).isEmpty();
            assertThat(root.resolve("work/a/data.dump")).exists();
            assertThat(names()).containsExactly("good");
            assertFails(() -> repository.begin("a", true), ErrorCode.BACKUP_NAME_TAKEN);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(repository.cleanUp()).singleElement().asString().contains("removed the unfinished backup a");
    }

    @Test
    void a_backup_is_not_removed_while_it_is_read() throws Exception {
        store("a", 1);
        StoredBackup backup = repository.list().getFirst();
        try (FileLockHandle one = repository.lease(backup);
                FileLockHandle two = repository.lease(backup)) {
            one.close();
            assertThat(two).isNotNull();
            assertFails(() -> repository.remove(backup), ErrorCode.BACKUP_IN_USE);
        }
        Process child = child("lease", "a");
        try {
            assertFails(() -> repository.remove(backup), ErrorCode.BACKUP_IN_USE);
            repository.lease(backup).close();
            assertFails(() -> repository.remove(backup), ErrorCode.BACKUP_IN_USE);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(names()).containsExactly("a");
        repository.remove(backup);
        assertThat(names()).isEmpty();
        assertThat(root.resolve("a.dump")).doesNotExist();
    }

    @Test
    void two_processes_may_write_at_once() throws Exception {
        Process one = start("write", "15");
        Process two = start("write", "15");
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        List<StoredBackup> backups = repository.list();
        assertThat(backups).hasSize(30).allMatch(backup -> backup.problem().isEmpty());
        assertThat(root.resolve("work")).isEmptyDirectory();
    }

    @Test
    void marks_tell_what_was_learned_and_the_newest_counts() throws IOException {
        store("a", 1);
        mark("a", Mark.Type.CHECKED, 0);
        assertThat(named("a").state()).isEqualTo("checked");
        mark("a", Mark.Type.DAMAGED, 1);
        assertThat(named("a").isDamaged()).isTrue();
        mark("a", Mark.Type.PROVEN, 2);
        assertThat(named("a").isProven()).isTrue();
        mark("a", Mark.Type.PINNED, 3);
        assertThat(named("a").isPinned()).isTrue();
        mark("a", Mark.Type.UNPINNED, 4);
        assertThat(named("a").isPinned()).isFalse();
        assertThat(repository.read(named("a").marks().getFirst()).details()).containsEntry("n", "0");
        for (String garbage :
                List.of("x", "a.json", "a.2026.checked.json", "a.20261120T120000000Z.odd.json", "..json")) {
            Files.writeString(root.resolve("marks").resolve(garbage), "garbage");
        }
        assertThat(named("a").marks()).hasSize(5);
        repository.remove(named("a"));
        try (Stream<Path> marks = Files.list(root.resolve("marks"))) {
            assertThat(marks).hasSize(5);
        }
    }

    @Test
    void the_newest_thousand_runs_are_kept() throws IOException {
        Path runs = Files.createDirectories(root.resolve("runs"));
        for (int i = 1000; i < 2005; i++) {
            Files.write(runs.resolve(i + ".json"), ManifestJson.write(run(String.valueOf(i))));
        }
        Files.writeString(runs.resolve("1999.json"), "{ cut");
        repository.history().record(run("3000"));
        assertThat(repository.history().runs()).hasSize(999);
        assertThat(repository.history().runs().getFirst().id()).isEqualTo("3000");
        assertThat(repository.history().runs().getLast().id()).isEqualTo("1006");
        assertThat(Repository.runId(NOON)).isLessThan(Repository.runId(NOON.plusMillis(1)));
        assertThat(Repository.runId(NOON.plusMillis(900))).isGreaterThan(Repository.runId(NOON));
    }

    @Test
    void damaged_metadata_never_hides_the_other_backups() throws IOException {
        store("good", 1);
        String text = new String(ManifestJson.write(manifest("a", 2)), StandardCharsets.UTF_8);
        for (String broken : List.of(
                text.substring(0, 300),
                text.substring(0, text.length() - 20),
                text.replace("\"version\": 1", "\"version\": 9"),
                text.replace("\"custom\"", "\"chunked\""),
                "",
                "\0\0\0\0")) {
            Files.writeString(root.resolve("a.json"), broken);
            Files.writeString(root.resolve("a.dump"), "PGDMP");
            assertThat(names()).as(broken).contains("good", "a");
            assertThat(named("a").problem()).as(broken).isPresent();
            assertThat(named("a").isDamaged()).isTrue();
            assertThat(named("good").problem()).isEmpty();
        }
        Files.delete(root.resolve("a.dump"));
        Files.writeString(root.resolve("a.json"), text.replace("\"version\": 1", "\"version\": 9"));
        assertThat(named("a").problem().orElse("")).contains("newer pgkeep");
    }

    @Test
    void missing_and_resized_data_is_named() throws IOException {
        store("a", 1);
        Files.writeString(root.resolve("a.dump"), "PGDMP!");
        assertThat(named("a").problem()).contains("a.dump has 6 bytes, not 5");
        Files.delete(root.resolve("a.dump"));
        assertThat(named("a").problem()).contains("a.dump is missing");
        assertThat(named("a").isDamaged()).isTrue();
    }

    @Test
    void entries_that_cannot_be_read_do_not_stop_the_listing() throws IOException {
        store("good", 1);
        Files.createDirectory(root.resolve("folder.json"));
        Files.createSymbolicLink(root.resolve("latest.dump"), root.resolve("gone.dump"));
        Files.createSymbolicLink(root.resolve("newest.json"), root.resolve("gone.json"));
        Files.createDirectories(root.resolve("dir.sql"));
        assertThat(names()).contains("good");
        assertThat(named("good").problem()).isEmpty();
    }

    @Test
    void a_header_that_is_garbage_or_newer_is_refused() throws IOException {
        store("a", 1);
        assertThat(repository.id()).isPresent();
        String header = Files.readString(root.resolve("pgkeep.json"));
        for (String bad : List.of(
                "",
                "garbage",
                "{\"",
                "null",
                "[]",
                "{}",
                "{\"format\": \"other\", \"version\": 1, \"id\": \"x\"}",
                header.replaceFirst("\"version\":\\s*1", "\"version\": 0"))) {
            Files.writeString(root.resolve("pgkeep.json"), bad);
            assertFails(() -> Repository.open(root, CLOCK), ErrorCode.REPOSITORY_INVALID);
        }
        Files.writeString(root.resolve("pgkeep.json"), header.replaceFirst("\"version\":\\s*1", "\"version\": 2"));
        assertThatThrownBy(() -> Repository.open(root, CLOCK)).hasMessageContaining("newer pgkeep (version 2)");
        Files.delete(root.resolve("pgkeep.json"));
        assertThat(Repository.open(root, CLOCK).list()).hasSize(1);
    }

    @Test
    void a_file_is_no_repository() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertFails(() -> Repository.open(file, CLOCK), ErrorCode.FILE_FAILED);
        assertFails(() -> Repository.open(file.resolve("below"), CLOCK).begin("a", true), ErrorCode.FILE_FAILED);
    }

    @Test
    void a_full_disk_is_named_and_loses_nothing() throws IOException {
        try (SmallDisk disk = SmallDisk.ofMegabytes(2)) {
            root = disk.folder().resolve("backups");
            repository = Repository.open(root, CLOCK);
            store("good", 1);
            disk.leaveFree(0);
            try (PendingBackup pending = repository.begin("a", true)) {
                assertFails(() -> pending.commit(manifest("a", 2)), ErrorCode.DISK_FULL);
            }
            assertFails(() -> mark("good", Mark.Type.PINNED, 1), ErrorCode.DISK_FULL);
            assertThat(names()).containsExactly("good");
            assertThat(named("good").problem()).isEmpty();
            Files.delete(disk.folder().resolve("filler"));
            repository.cleanUp();
            store("a", 2);
            assertThat(names()).containsExactly("a", "good");
            assertThat(root.resolve("work")).isEmptyDirectory();
        }
    }

    @Test
    void a_folder_that_may_only_be_read_lists_and_says_so() throws Exception {
        store("good", 1);
        try (var view = ReadOnlyView.of(root)) {
            Repository frozen = Repository.open(view.folder(), CLOCK);
            StoredBackup backup = frozen.list().getFirst();
            assertThat(backup.problem()).isEmpty();
            try (FileLockHandle lease = frozen.lease(backup)) {
                assertThat(lease.protects()).isFalse();
            }
            assertThat(frozen.cleanUp()).isEmpty();
            assertFails(() -> frozen.begin("a", true), ErrorCode.NO_PERMISSION);
            assertFails(() -> frozen.remove(backup), ErrorCode.NO_PERMISSION);
            assertFails(() -> frozen.history().record(run("1")), ErrorCode.NO_PERMISSION);
            assertThat(frozen.list()).hasSize(1);
        }
    }

    @Test
    void a_lock_that_is_there_is_shared_where_nothing_may_be_written() throws Exception {
        store("good", 1);
        repository.lease(named("good")).close();
        try (var view = ReadOnlyView.of(root)) {
            Repository frozen = Repository.open(view.folder(), CLOCK);
            try (FileLockHandle lease = frozen.lease(frozen.list().getFirst())) {
                assertThat(lease.protects()).isTrue();
            }
        }
    }

    @Test
    void a_thousand_backups_of_many_tables_list_quickly() throws IOException {
        Files.createDirectories(root);
        byte[] json =
                ManifestJson.write(Manifests.custom("NAME", "shop", NOON, "NAME.dump", 5, Manifests.tables(2000)));
        String text = new String(json, StandardCharsets.UTF_8);
        for (int i = 0; i < 1000; i++) {
            Files.writeString(root.resolve("b" + i + ".json"), text.replace("NAME", "b" + i));
            Files.writeString(root.resolve("b" + i + ".dump"), "PGDMP");
        }
        Instant start = Instant.now();
        assertThat(repository.list())
                .hasSize(1000)
                .allMatch(each -> each.problem().isEmpty());
        System.out.println("1000 backups of 2000 tables (" + json.length / 1024 + " KB each) listed in "
                + Duration.between(start, Instant.now()).toMillis() + " ms");
    }

    private String store(String name, int hours) throws IOException {
        try (PendingBackup pending = repository.begin(name, false)) {
            Files.writeString(pending.data(pending.name() + ".dump"), "PGDMP");
            pending.sync();
            pending.commit(manifest(pending.name(), hours));
            return pending.name();
        }
    }

    private static Manifest manifest(String name, int hours) {
        return Manifests.custom(name, "shop", NOON.plus(Duration.ofHours(hours)), name + ".dump", 5, List.of());
    }

    /** What a run leaves behind that was killed. */
    private void dead(String name, boolean decided, List<String> inWork, List<String> moved) throws IOException {
        Path work = Files.createDirectories(root.resolve("work").resolve(name));
        Files.createFile(work.resolve("lock"));
        for (String file : inWork) {
            Files.writeString(work.resolve(file), "PGDMP");
        }
        for (String file : moved) {
            Files.writeString(root.resolve(file), "PGDMP");
        }
        if (decided) {
            Files.write(work.resolve("commit.json"), ManifestJson.write(manifest(name, 5)));
        }
    }

    private void mark(String name, Mark.Type type, int seconds) {
        repository.mark(new Mark(name, type, NOON.plusSeconds(seconds), Map.of("n", String.valueOf(seconds))));
    }

    private StoredBackup named(String name) {
        return repository.list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> names() {
        return repository.list().stream().map(StoredBackup::name).toList();
    }

    private static Run run(String id) {
        return Run.builder(id, "backup", "shop", NOON)
                .server("localhost")
                .seconds(1)
                .removed(null)
                .build();
    }

    private Process child(String action, String argument) throws IOException {
        Process child = start(action, argument);
        assertThat(child.inputReader().readLine()).isEqualTo("ready");
        return child;
    }

    private Process start(String action, String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RepositoryChild.class.getName(),
                        root.toString(),
                        action,
                        argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void assertFails(ThrowingCallable action, ErrorCode code) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
