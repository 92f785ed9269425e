package dev.pgkeep.operation.restore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadErrorsTest {
    private static final String UNKNOWN =
            "could not execute query: ERROR:  unrecognized configuration parameter \"transaction_timeout\"";

    private final AtomicInteger stops = new AtomicInteger();
    private final LoadErrors errors = new LoadErrors(stops::incrementAndGet, false);

    @Test
    void a_setting_that_an_older_server_does_not_know_does_no_harm() {
        say(
                "pg_restore: connecting to database for restore",
                "pg_restore: error: " + UNKNOWN,
                "Command was: SET transaction_timeout = 0;",
                "pg_restore: warning: errors ignored on restore: 1");
        errors.rethrow();
        assertThat(errors.harmless()).hasSize(1);
        assertThat(errors.explainFailure()).isTrue();
        assertThat(stops).hasValue(0);
    }

    @Test
    void lines_of_several_processes_that_mixed_are_known_by_their_text() {
        say(
                "pg_restore:pg_restore:  error: finished item 3359 TABLE DATA empty",
                UNKNOWN,
                "Command was: SET transaction_timeout = 0;",
                "pg_restore: pg_restore: while PROCESSING TOC:",
                "error: launching item 12 TABLE DATA orders",
                "pg_restore: error: error: " + UNKNOWN,
                "Command was: SET transaction_timeout = 0;",
                "pg_restore: warning: errors ignored on restore: 2");
        errors.rethrow();
        assertThat(errors.explainFailure()).isTrue();
        assertThat(stops).hasValue(0);
    }

    @Test
    void the_rest_of_a_name_with_a_line_break_is_no_error_whatever_it_says() {
        say(
                "pg_restore: processing data for table \"public.a",
                "FORGED error: x\"",
                "pg_restore: finished item 3359 TABLE DATA a");
        errors.rethrow();
        assertThat(stops).hasValue(0);
    }

    @Test
    void any_other_error_stops_the_run_at_once_and_is_told_with_its_statement() {
        say(
                "pg_restore: pg_restore: error: could not execute query: ERROR:  relation \"a\" already exists",
                "Command was: CREATE TABLE a ();");
        assertThat(stops).hasValue(1);
        assertThatThrownBy(errors::rethrow)
                .isInstanceOf(PgkeepException.class)
                .hasMessageContaining("relation \"a\" already exists");
    }

    @Test
    void a_foreign_key_that_does_not_hold_is_left_out_only_where_rows_are_known_to_be_missing() {
        String[] lines = {
            "pg_restore: error: could not execute query: ERROR:  insert or update on table \"orders\" violates foreign"
                    + " key constraint \"orders_customer_fkey\"",
            "DETAIL:  Key (customer)=(2) is not present in table \"customers\".",
            "Command was: ALTER TABLE ONLY public.orders",
            "    ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES public.customers(id);",
            "pg_restore: warning: errors ignored on restore: 1"
        };
        say(lines);
        assertThat(stops).hasValue(1);

        var tolerant = new LoadErrors(stops::incrementAndGet, true);
        for (String line : lines) {
            tolerant.stderr(line);
        }
        tolerant.rethrow();
        assertThat(tolerant.explainFailure()).isTrue();
        assertThat(tolerant.harmless())
                .containsExactly("left out: foreign key orders_customer_fkey of orders, which points to rows that are"
                        + " missing");
        assertThat(stops).hasValue(1);
    }

    @Test
    void an_unknown_setting_matters_where_it_is_not_a_plain_set() {
        say("pg_restore: error: " + UNKNOWN, "Command was: ALTER DATABASE shop SET transaction_timeout = 0;");
        errors.rethrow();
        say("pg_restore: error: " + UNKNOWN, "Command was: CREATE FUNCTION f() RETURNS int LANGUAGE sql;");
        assertThatThrownBy(errors::rethrow).hasMessageContaining("transaction_timeout");
    }

    @Test
    void a_run_that_ended_without_counting_its_errors_is_not_explained_by_harmless_ones() {
        say("pg_restore: error: " + UNKNOWN, "Command was: SET transaction_timeout = 0;", "pg_restore: out of memory");
        errors.rethrow();
        assertThat(errors.explainFailure()).isFalse();
    }

    @Test
    void an_error_that_was_counted_but_not_seen_is_not_explained() {
        say(
                "pg_restore: error: " + UNKNOWN,
                "Command was: SET transaction_timeout = 0;",
                "pg_restore: warning: errors ignored on restore: 2");
        assertThat(errors.explainFailure()).isFalse();
    }

    private void say(String... lines) {
        for (String line : lines) {
            errors.stderr(line);
        }
    }
}
