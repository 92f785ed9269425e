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
    void what_a_second_try_may_mend_ends_no_patient_run_and_its_entry_is_told() {
        String[] lines = {
            "pg_restore: while PROCESSING TOC:",
            "pg_restore: from TOC entry 3202; 2606 16393 FK CONSTRAINT orders orders_customer_fkey postgres",
            "pg_restore: error: could not execute query: ERROR:  insert or update on table \"orders\" violates foreign"
                    + " key constraint \"orders_customer_fkey\"",
            "DETAIL:  Key (customer)=(2) is not present in table \"customers\".",
            "Command was: ALTER TABLE ONLY public.orders",
            "    ADD CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES public.customers(id);",
            "pg_restore: from TOC entry 3205; 0 16393 TABLE DATA words postgres",
            "pg_restore: error: COPY failed for table \"words\": ERROR:  function inner_f(text) does not exist",
            "HINT:  No function matches the given name and argument types.",
            "pg_restore: warning: errors ignored on restore: 2"
        };
        say(lines);
        assertThat(stops).hasValue(1);

        var patient = patient(lines);
        assertThat(patient.explainFailure()).isTrue();
        assertThat(patient.failed()).containsExactly(3202, 3205);
        assertThat(stops).hasValue(1);
    }

    @Test
    void of_errors_of_several_processes_that_mixed_no_entry_is_lost() {
        var patient = patient(
                "pg_restore: from TOC entry 5; 0 1 TABLE DATA a postgres",
                "pg_restore: from TOC entry 7; 0 2 TABLE DATA b postgres",
                "pg_restore: error: COPY failed for table \"a\": ERROR:  function f() does not exist",
                "pg_restore: error: " + UNKNOWN,
                "Command was: SET transaction_timeout = 0;",
                "pg_restore: error: COPY failed for table \"b\": ERROR:  function f() does not exist",
                "pg_restore: warning: errors ignored on restore: 3");
        assertThat(patient.failed()).containsExactly(5, 7);
        assertThat(stops).hasValue(0);
    }

    @Test
    void what_no_second_try_mends_ends_a_patient_run_at_once() {
        for (String error : new String[] {
            "could not execute query: ERROR:  permission denied for schema private",
            "could not execute query: ERROR:  syntax error at or near \"x\"",
            "could not execute query: ERROR:  relation \"a\" already exists",
            "COPY failed for table \"a\": ERROR:  could not extend file \"base/1/2\": No space left on device",
            "could not execute query: FATAL:  terminating connection due to administrator command",
            "could not read from input file: end of file"
        }) {
            stops.set(0);
            var patient = new LoadErrors(stops::incrementAndGet, true);
            patient.stderr("pg_restore: from TOC entry 5; 0 1 TABLE DATA a postgres");
            patient.stderr("pg_restore: error: " + error);
            assertThat(stops).as(error).hasValue(1);
            assertThatThrownBy(patient::rethrow).isInstanceOf(PgkeepException.class);
        }
    }

    @Test
    void a_tablespace_that_is_gone_is_no_failure_of_a_patient_run() {
        var patient = patient(
                "pg_restore: from TOC entry 214; 1259 16394 TABLE t postgres",
                "pg_restore: error: could not set default_tablespace to fast: ERROR:  invalid value for parameter"
                        + " \"default_tablespace\": \"fast\"",
                "DETAIL:  Tablespace \"fast\" does not exist.",
                "pg_restore: warning: errors ignored on restore: 1");
        assertThat(patient.failed()).isEmpty();
        assertThat(patient.explainFailure()).isTrue();
        assertThat(patient.harmless()).singleElement().asString().contains("tablespace fast");
    }

    private LoadErrors patient(String... lines) {
        var patient = new LoadErrors(stops::incrementAndGet, true);
        for (String line : lines) {
            patient.stderr(line);
        }
        patient.rethrow();
        return patient;
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
