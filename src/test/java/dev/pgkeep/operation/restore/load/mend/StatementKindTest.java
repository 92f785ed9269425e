package dev.pgkeep.operation.restore.load.mend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatementKindTest {
    static Stream<Arguments> statements() {
        return Stream.of(
                arguments(StatementKind.COPY, "COPY public.t (a, b) FROM stdin;"),
                arguments(StatementKind.OTHER, "COPY public.t TO '/tmp/x';"),
                arguments(StatementKind.INSERT, "INSERT INTO public.t VALUES (1);"),
                arguments(StatementKind.BESIDE_ROWS, "SET default_tablespace = fast;"),
                arguments(StatementKind.BESIDE_ROWS, "SELECT pg_catalog.setval('public.s', 3, true);"),
                arguments(StatementKind.KEY, "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);"),
                arguments(
                        StatementKind.KEY,
                        "ALTER TABLE ONLY t ADD CONSTRAINT \"a \"\"b\" EXCLUDE USING gist (r WITH &&);"),
                arguments(StatementKind.KEY, "CREATE UNIQUE INDEX i ON public.t USING btree (a);"),
                arguments(
                        StatementKind.CONSTRAINT,
                        "ALTER TABLE ONLY t\n    ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b(c);"),
                arguments(
                        StatementKind.CONSTRAINT,
                        "ALTER TABLE public.t\n    ADD CONSTRAINT c CHECK ((a > 0)) NOT VALID;"),
                arguments(StatementKind.LATE, "CREATE INDEX i ON public.t USING btree (public.f(a));"),
                arguments(StatementKind.LATE, "REFRESH MATERIALIZED VIEW public.m;"),
                arguments(StatementKind.LATE, "ALTER TABLE public.p DISABLE TRIGGER stop;"),
                arguments(StatementKind.ON_KEY, "CREATE OR REPLACE VIEW public.v AS SELECT 1;"),
                arguments(StatementKind.OTHER, "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0));"),
                arguments(StatementKind.OTHER, "DROP TABLE t;"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statements_are_known_by_their_beginning(StatementKind kind, String statement) {
        assertThat(StatementKind.of(bytes("-- about\n" + statement), 9)).isEqualTo(kind);
    }

    @Test
    void what_a_statement_makes_is_described() {
        assertThat(describe("COPY public.\"a b\" (a) FROM stdin;")).isEqualTo("the rows of public.\"a b\"");
        assertThat(describe("CREATE UNIQUE INDEX i ON public.t (a);")).isEqualTo("the index i of public.t");
        assertThat(describe("ALTER TABLE ONLY public.t\n ADD CONSTRAINT c CHECK (true);"))
                .isEqualTo("the constraint c of public.t");
        assertThat(describe("REFRESH  MATERIALIZED\nVIEW m;")).isEqualTo("REFRESH MATERIALIZED VIEW m;");
    }

    @Test
    void a_constraint_is_added_without_having_rows_checked() {
        byte[] statement = bytes("\nALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b ;\n");
        assertThat(new String(NotValid.of(statement, 1), StandardCharsets.UTF_8))
                .isEqualTo("ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b NOT VALID;");
    }

    private static String describe(String statement) {
        return StatementKind.describe(bytes(statement), 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
