package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.catalog.ConnectionInUse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told about the target of a restore. */
final class TargetChecksTest {
    @Test
    void a_database_that_is_emptied_because_nothing_else_is_possible_is_told() {
        MadeSubject subject = MadeSubject.in(RestoreMode.CLEAN).over("UTF8", 3, 100);
        assertThat(checks(subject).emptiedInstead())
                .containsExactly(Finding.note(
                        "the role app may not drop and create shop: the objects inside are replaced instead, in one"
                                + " transaction",
                        "what is written after the safety backup is lost, and others wait: stop the application"
                                + " first"));
        assertThat(checks(subject.wanting(request -> request.with(RestoreOption.CLEAN)))
                        .emptiedInstead())
                .singleElement()
                .satisfies(each -> assertThat(each.hint()).isEqualTo("stop the application first"));
    }

    @Test
    void every_refusal_says_what_to_do() {
        assertThat(checks(MadeSubject.in(RestoreMode.FILL).over("UTF8", 1, 100)).refusals())
                .containsExactly(Finding.blocking(
                        "the database shop is not empty",
                        "replace it with --drop-existing, or choose another name with --to NAME --create-db"));
        assertThat(checks(MadeSubject.in(RestoreMode.CREATE)
                                .byRoleThatCreatesNothing()
                                .wanting(request -> request.with(RestoreOption.CREATE_DATABASE, false)))
                        .refusals())
                .containsExactly(
                        Finding.blocking("there is no database shop", "add --create-db to create it"),
                        Finding.blocking(
                                "the role app may not create databases",
                                "have an empty database created for you, or: ALTER ROLE app CREATEDB"));
        assertThat(checks(MadeSubject.in(RestoreMode.ROWS)).refusals())
                .containsExactly(
                        Finding.blocking("there is no database shop to put rows into", "leave --data-only out"));
        assertThat(checks(MadeSubject.in(RestoreMode.FILL).over("UTF8", 0, 100)).refusals())
                .isEmpty();
    }

    @Test
    void another_encoding_is_told_and_the_same_is_not() {
        assertThat(checks(MadeSubject.in(RestoreMode.FILL).over("LATIN1", 0, 100))
                        .encoding())
                .containsExactly(Finding.note(
                        "the backup is encoded in UTF8, the database in LATIN1",
                        "characters that LATIN1 does not have will stop the restore"));
        assertThat(checks(MadeSubject.in(RestoreMode.FILL).over("UTF8", 0, 100)).encoding())
                .isEmpty();
        assertThat(checks(MadeSubject.in(RestoreMode.FILL)
                                .over("LATIN1", 0, 100)
                                .foreign())
                        .encoding())
                .isEmpty();
        assertThat(checks(MadeSubject.in(RestoreMode.CREATE)).encoding()).isEmpty();
    }

    @Test
    void of_many_connections_that_will_be_ended_five_are_named() {
        ConnectionInUse[] seven = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> MadeSubject.connection("user" + i, i == 1 ? "" : "web"))
                .toArray(ConnectionInUse[]::new);
        List<Finding> found = checks(MadeSubject.in(RestoreMode.REPLACE).over("UTF8", 1, 100, seven))
                .connections();
        assertThat(found)
                .containsExactly(Finding.note(
                        "7 connections to shop will be ended: user1@local, user2@local (web), user3@local (web),"
                                + " user4@local (web), user5@local (web)",
                        ""));
        assertThat(checks(MadeSubject.in(RestoreMode.REPLACE).over("UTF8", 1, 100))
                        .connections())
                .isEmpty();
    }

    private static TargetChecks checks(MadeSubject subject) {
        return new TargetChecks(subject.made());
    }
}
