package dev.pgkeep.operation.restore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptHintsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42883 | 15 | function uuidv7() does not exist | CREATE TABLE t (id uuid DEFAULT uuidv7()); | uuidv7() is there from PostgreSQL 18 on; this server is 15",
                "42883 | 15 | function public.uuid_generate_v4() does not exist | CREATE TABLE t (); | uuid_generate_v4 belongs to the extension uuid-ossp: CREATE EXTENSION \"uuid-ossp\"",
                "42704 | 15 | type \"public.vector\" does not exist | CREATE TABLE t (v vector(3)); | belongs to the extension vector: CREATE EXTENSION vector",
                "42704 | 15 | unrecognized configuration parameter \"transaction_timeout\" | ALTER ROLE a SET transaction_timeout = 0; | transaction_timeout is there from PostgreSQL 17 on; this server is 15",
                "42704 | 15 | role \"app\" does not exist | ALTER TABLE t OWNER TO app; | create that role first",
                "42601 | 14 | syntax error at or near \"NULLS\" | CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT; | NULLS NOT DISTINCT is there from PostgreSQL 15 on",
                "42601 | 15 | syntax error at or near \"VIRTUAL\" | CREATE TABLE t (b int GENERATED ALWAYS AS (a) VIRTUAL); | a VIRTUAL generated column is there from PostgreSQL 18 on",
                "42601 | 15 | syntax error at or near \"`\" | CREATE TABLE `t` (a int); | SQL of MySQL",
                "42501 | 15 | permission denied to create extension \"x\" | CREATE EXTENSION x; | only a superuser may create this extension",
            })
    void known_reasons_come_with_a_cure(String state, int server, String words, String code, String cure) {
        assertThat(ScriptHints.find(state, words, code, server * 10_000 + 4).orElse("nothing"))
                .contains(cure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42883 | function uuidv7() does not exist | SELECT uuidv7();",
                "42601 | syntax error at or near \"x\" | CREATE TABLE x y;",
            })
    void what_is_not_known_has_none(String state, String words, String code) {
        assertThat(ScriptHints.find(state, words, code, 180_000)).isEmpty();
    }
}
