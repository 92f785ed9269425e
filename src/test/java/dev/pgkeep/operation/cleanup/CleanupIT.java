package dev.pgkeep.operation.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go with everything that refers to them, come back as they were, and survive whatever goes wrong in between. */
final class CleanupIT {
    private static final String SOME = "id <= 5";

    @TempDir
    Path folder;

    private CleanupBench bench;

    @BeforeEach
    void open() {
        bench = CleanupBench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_preview_counts_everything_that_would_go_and_changes_nothing() {
        var before = bench.content();
        CleanupPreview preview = bench.look("orders", "id in (1, 2)");
        Map<String, Long> rows = preview.tables().stream()
                .collect(Collectors.toMap(
                        each -> each.relation().shown(), each -> each.rows().count()));
        // A customer whose favourite goes, goes; with all orders of that customer, and those that follow upon these.
        assertThat(rows).containsOnlyKeys("orders", "customers", "lines");
        assertThat(rows.get("lines")).isEqualTo(2 * rows.getOrDefault("orders", 0L));
        DeletedTable orders = preview.tables().stream()
                .filter(each -> each.relation().shown().equals("orders"))
                .findFirst()
                .orElseThrow();
        assertThat(orders.meant()).isEqualTo(2);
        assertThat(orders.samples())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each).containsKey("total"));
        assertThat(preview.changed()).singleElement().satisfies(each -> {
            assertThat(each.relation().shown()).isEqualTo("reviews");
            assertThat(each.key().sets()).containsExactly("order_id");
        });
        assertThat(preview.tables().getFirst().relation().shown())
                .as("children go first")
                .isEqualTo("lines");
        bench.isAsBefore(before);
        assertThat(bench.repository().history().runs()).isEmpty();
    }

    @Test
    void what_was_deleted_comes_back_and_everything_else_stays() throws IOException {
        var before = bench.content();
        CleanupOutcome outcome = bench.delete("customers", SOME);
        assertThat(bench.database().count("customers where " + SOME)).isZero();
        assertThat(Files.getPosixFilePermissions(outcome.document()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(outcome.document())).contains("\"email\": \"c3@example.com\"");
        bench.database().execute("insert into reviews values (1000, null, 'new')");
        bench.putBack(outcome.document(), OnConflict.FAIL);
        bench.database().execute("delete from reviews where id = 1000");
        bench.isAsBefore(before);
        RestorePreview again = bench.lookBack(outcome.document());
        assertThat(again.missing() + again.conflicting()).isZero();
        assertThat(again.identical()).isEqualTo(outcome.written().rows());
        assertThat(new PastRuns(
                                bench.repository().history().runs(),
                                bench.database().target())
                        .toUndo())
                .hasValueSatisfying(run -> assertThat(run.rowsDocument()).isEqualTo("rows/backup-001.json"));
    }

    @Forms(
            value = {"update customers set note = 'other' where id = 3", "insert into lines values (1, 9, 'more')"},
            campaign = {
                "insert into customers values (0)",
                "update reviews set order_id = 2 where id = 1",
                "delete from lines where order_id = 1"
            })
    void a_row_that_somebody_changed_after_the_preview_stops_it(String change) {
        CleanupPreview preview = bench.look("customers", SOME);
        bench.database().execute(change);
        var before = bench.content();
        failsWith(ErrorCode.REFUSED, () -> bench.cleanup().run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("no longer what was shown")
                .hasMessageContaining("nothing was deleted");
        bench.isAsBefore(before);
        assertThat(new PastRuns(
                                bench.repository().history().runs(),
                                bench.database().target())
                        .toUndo())
                .as("nothing was changed, so there is nothing to undo")
                .isEmpty();
        assertThat(bench.repository().rows().list()).isEmpty();
    }

    @Test
    void without_its_backup_or_its_document_nothing_is_deleted() throws IOException {
        var before = bench.content();
        CleanupPreview preview = bench.look("customers", SOME);
        Cleanup withoutBackup = bench.cleanup(
                bench.repository(),
                target -> {
                    throw new PgkeepException(ErrorCode.DUMP_FAILED, "no", "hint");
                },
                step -> {});
        failsWith(ErrorCode.SAFETY_BACKUP_FAILED, () -> withoutBackup.run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("nothing was deleted");
        Files.createDirectories(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/rows"), "a file where the folder should be");
        failsWith(ErrorCode.FILE_FAILED, () -> bench.cleanup().run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("nothing was deleted");
        bench.isAsBefore(before);
    }

    @Test
    void a_disk_that_is_full_stops_it() throws IOException {
        var before = bench.content();
        CleanupPreview preview = bench.look("orders", "true");
        try (SmallDisk disk = SmallDisk.ofMegabytes(1)) {
            CleanupBench small = new CleanupBench(bench.database(), disk.folder(), bench.backups());
            small.repository().rows().begin("first").close();
            disk.leaveFree(16_384);
            failsWith(ErrorCode.DISK_FULL, () -> small.cleanup().run(preview, CleanupOptions.USUAL))
                    .hasMessageContaining("nothing was deleted");
            assertThat(small.repository().rows().list()).isEmpty();
        }
        bench.isAsBefore(before);
    }

    @Test
    void a_document_that_is_not_what_was_written_stops_it() {
        var before = bench.content();
        CleanupPreview preview = bench.look("customers", SOME);
        Cleanup spoiled = bench.cleanup("Reading them back", () -> spoil(folder.resolve("backups/rows")));
        failsWith(ErrorCode.BACKUP_DAMAGED, () -> spoiled.run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("nothing was deleted");
        bench.isAsBefore(before);
        assertThat(bench.repository().rows().list()).isEmpty();
    }

    @Test
    void a_connection_that_is_lost_takes_nothing_with_it() {
        var before = bench.content();
        for (String step : List.of("Writing the rows down", "Deleting", "Committing")) {
            CleanupPreview preview = bench.look("customers", SOME);
            Cleanup cut = bench.cleanup(
                    step,
                    () -> bench.database()
                            .execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
                                    + " 'pgkeep' and datname = current_database()"));
            failsWith(ErrorCode.SERVER_LOST, () -> cut.run(preview, CleanupOptions.USUAL));
            bench.isAsBefore(before);
        }
    }

    @Test
    void what_the_server_refuses_halfway_is_undone_by_it() {
        bench.database().execute("""
                create function stop() returns trigger language plpgsql as $$ begin
                    if old.id = 3 then raise exception 'not this one'; end if; return old; end $$;
                create constraint trigger stop after delete on customers deferrable initially deferred
                    for each row execute function stop();""");
        var before = bench.content();
        CleanupPreview preview = bench.look("customers", SOME);
        assertThat(preview.warnings()).anyMatch(each -> each.contains("runs stop"));
        failsWith(ErrorCode.SQL_FAILED, () -> bench.cleanup().run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("not this one")
                .hasMessageContaining("nothing was deleted");
        bench.isAsBefore(before);
        bench.cleanup().run(preview, new CleanupOptions(false, OptionalInt.empty(), Duration.ZERO));
        assertThat(bench.database().count("customers where " + SOME)).isZero();
        assertThat(bench.database().ask("select tgenabled from pg_trigger where tgname = 'stop'"))
                .isEqualTo("O");
    }

    @LongForm
    @Test
    void a_trigger_that_keeps_rows_back_stops_it() {
        bench.database().execute("""
                create function keep() returns trigger language plpgsql as $$ begin
                    return case when old.line = 1 then old end; end $$;
                create trigger keep before delete on lines for each row execute function keep();""");
        var before = bench.content();
        CleanupPreview preview = bench.look("customers", SOME);
        failsWith(ErrorCode.REFUSED, () -> bench.cleanup().run(preview, CleanupOptions.USUAL))
                .hasMessageContaining("rows were to go, and the server deleted");
        bench.isAsBefore(before);
    }

    @Test
    void batches_stop_at_a_row_that_was_changed_and_nothing_is_lost() {
        bench.database().execute("alter table customers drop constraint customers_favourite_fkey");
        var before = bench.content();
        CleanupPreview preview = bench.look("customers", SOME);
        int[] steps = {0};
        CleanupOptions batches = new CleanupOptions(true, OptionalInt.of(7), Duration.ZERO);
        Cleanup disturbed = bench.cleanup("Deleting", () -> {
            steps[0]++;
            bench.database()
                    .execute("insert into lines values ((select max(id) from orders where customer = 2), 77, 'late')");
        });
        failsWith(ErrorCode.REFUSED, () -> disturbed.run(preview, batches))
                .hasMessageContaining("new rows of lines refer")
                .hasMessageContaining("had been deleted before");
        assertThat(steps[0]).isOne();
        assertThat(bench.database().count("lines where line = 77")).isOne();
        bench.database().execute("delete from lines where line = 77");
        Path document = bench.repository().rows().list().getFirst();
        assertThat(bench.lookBack(document).missing()).isPositive();
        bench.putBack(document, OnConflict.FAIL);
        bench.isAsBefore(before);
        CleanupOutcome outcome = bench.cleanup().run(bench.look("customers", SOME), batches);
        assertThat(outcome.batches()).isGreaterThan(3);
        bench.putBack(outcome.document(), OnConflict.FAIL);
        bench.isAsBefore(before);
    }

    @Test
    void rows_whose_place_is_taken_are_refused_left_out_or_written_over() {
        Path document = bench.delete("reviews", "id < 20").document();
        bench.database().execute("insert into reviews values (4, 4, 'another')");
        var before = bench.content();
        RestorePreview preview = bench.lookBack(document);
        assertThat(preview.conflicting()).isOne();
        assertThat(preview.sections().getFirst().samples())
                .singleElement()
                .asString()
                .contains("id = (4)");
        failsWith(ErrorCode.REFUSED, () -> bench.putBack(document, OnConflict.FAIL))
                .hasMessageContaining("conflict");
        bench.isAsBefore(before);
        assertThat(bench.putBack(document, OnConflict.SKIP).skipped()).isOne();
        assertThat(bench.database().ask("select body from reviews where id = 4"))
                .isEqualTo("another");
        var outcome = bench.putBack(document, OnConflict.OVERWRITE);
        assertThat(outcome.overwritten()).isOne();
        assertThat(outcome.safetyBackup()).isPresent();
        assertThat(bench.database().ask("select body from reviews where id = 4"))
                .isEqualTo("good");
    }

    @LongForm
    @Test
    void rows_that_refer_to_nothing_any_more_are_told_of_and_stay_out() {
        Path document = bench.delete("lines", "order_id = 200").document();
        bench.delete("orders", "id = 200");
        var before = bench.content();
        assertThat(bench.lookBack(document).obstacles())
                .singleElement()
                .asString()
                .contains("2 of the rows of lines refer to rows of orders that are not there");
        failsWith(ErrorCode.REFUSED, () -> bench.putBack(document, OnConflict.FAIL));
        bench.isAsBefore(before);
    }

    @LongForm
    @Test
    void a_changed_row_that_somebody_set_otherwise_is_a_conflict() {
        Path document = bench.delete("orders", "id = 199").document();
        assertThat(bench.database().ask("select order_id is null from reviews where id = 199"))
                .isEqualTo("t");
        bench.database().execute("update reviews set order_id = 1 where id = 199");
        assertThat(bench.lookBack(document).conflicting()).isOne();
        bench.putBack(document, OnConflict.SKIP);
        assertThat(bench.database().ask("select order_id from reviews where id = 199"))
                .isEqualTo("1");
        bench.putBack(document, OnConflict.OVERWRITE);
        assertThat(bench.database().ask("select order_id from reviews where id = 199"))
                .isEqualTo("199");
    }

    @Test
    void sequences_go_forward_where_rows_come_into_another_database() {
        Path document = bench.delete("orders", "id > 150 and false or id = 200").document();
        bench.database().execute("alter sequence orders_id_seq restart with 3");
        assertThat(bench.putBack(document, OnConflict.FAIL).sequences()).isOne();
        assertThat(bench.database().ask("select nextval('orders_id_seq')")).isEqualTo("201");
    }

    @Test
    void what_is_no_single_condition_is_refused() {
        var before = bench.content();
        for (String where :
                List.of("true; delete from lines", "true) or (true", "id = 1 --)\n; drop table lines", "'x", "")) {
            failsWith(ErrorCode.USAGE, () -> bench.look("lines", where));
        }
        failsWith(ErrorCode.SQL_FAILED, () -> bench.look("lines", "no_such_column = 1"))
                .hasMessageContaining("no_such_column");
        assertThat(bench.look("reviews", "body = 'a;b' or id = 1 -- the first").rows())
                .isOne();
        failsWith(ErrorCode.OBJECT_MISSING, () -> bench.look("linse", "true"));
        bench.isAsBefore(before);
    }

    @Test
    void what_could_not_be_put_back_is_an_obstacle() {
        bench.database().execute("""
                create table loose (order_id bigint references orders on delete set null, what text);
                insert into loose values (1, 'x');""");
        assertThat(bench.look("orders", "id = 1").obstacles())
                .singleElement()
                .asString()
                .contains("loose has no primary key");
        bench.database().execute("""
                create table strays (id int primary key, order_id bigint);
                insert into strays values (1, 1), (2, null), (3, -3);
                alter table strays add constraint astray foreign key (order_id) references orders not valid;""");
        assertThat(bench.look("strays", "id < 3").obstacles()).isEmpty();
        assertThat(bench.look("strays", "true").obstacles())
                .singleElement()
                .asString()
                .contains("1 row of strays violate the foreign key astray");
    }

    @Test
    void of_a_table_that_others_inherit_from_only_its_own_rows_are_meant() {
        bench.database().execute("""
                create table events (id int primary key, what text);
                create table old_events () inherits (events);
                insert into events values (1, 'new'), (2, 'new');
                insert into old_events values (3, 'old');""");
        CleanupPreview preview = bench.look("events", "true");
        assertThat(preview.rows()).isEqualTo(2);
        assertThat(preview.warnings()).singleElement().asString().contains("only the own rows of events", "old_events");
        assertThat(bench.look("old_events", "true").warnings()).isEmpty();
    }

    @Test
    void a_plan_may_name_keys_by_a_query() {
        CleanupRule rule = new CleanupRule(
                "p",
                java.util.Optional.empty(),
                "lines",
                java.util.Optional.empty(),
                java.util.Optional.of("select order_id, line from lines where line = 2 -- second ones"),
                "sql of a plan");
        CleanupPreview preview = bench.cleanup().look(bench.database().target(), List.of(rule));
        assertThat(preview.rows()).isEqualTo(200);
        assertThat(preview.tables()).extracting(each -> each.relation().shown()).containsExactly("lines");
    }

    private static void spoil(Path rows) {
        try (var files = Files.list(rows)) {
            Path file = files.findFirst().orElseThrow();
            String text = Files.readString(file);
            Files.writeString(file, text.replace("c3@example.com", "c4@example.com"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> failsWith(
            ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
    }
}
