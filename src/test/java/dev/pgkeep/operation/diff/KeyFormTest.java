package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.pgtext.TypePrinters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyFormTest {
    private static final TypePrinters TYPES = new TypePrinters("""
            CREATE DOMAIN public.price AS numeric(10,2);
            CREATE DOMAIN public.mail AS public.citext;
            CREATE TYPE public.span AS RANGE (
                subtype = numeric,
                multirange_type_name = public.spans
            );
            """, 150000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            numeric                | NUMBERS
            numeric(10,2)          | NUMBERS
            numeric[]              | NUMBERS
            public.price           | NUMBERS
            public.price[]         | NUMBERS
            public.span            | NUMBERS
            public.spans           | NUMBERS
            double precision       | NUMBERS
            jsonb                  | NUMBERS
            public.citext          | LETTERS
            public.mail            | LETTERS
            interval               | INTERVAL
            interval(3)            | INTERVAL
            interval day to second | INTERVAL
            character(7)           | BLANKS
            bpchar                 | BLANKS
            character varying(7)   | AS_WRITTEN
            integer                | AS_WRITTEN
            text                   | AS_WRITTEN
            """)
    void the_type_says_when_keys_are_equal(String type, KeyForm form) {
        assertThat(KeyForm.ofType(type, TYPES)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            NUMBERS      | 1.0                       | 1.00
            NUMBERS      | 1                         | 1.000
            NUMBERS      | -0                        | 0
            NUMBERS      | {1.50,NULL,-2}            | {1.5,NULL,-2.0}
            NUMBERS      | [1.0,2.10)                | [1.00,2.1)
            NUMBERS      | {"a": 1.0, "b": [0.10]}   | {"a": 1.00, "b": [0.1]}
            INTERVAL     | 1 day                     | 24:00:00
            INTERVAL     | 1 mon -1 days             | 29 days
            INTERVAL     | 1 year 2 mons             | 420 days
            INTERVAL     | -1 days +02:03:00         | -21:57:00
            INTERVAL     | 00:00:00                  | 1 day -24:00:00
            INTERVAL     | 00:00:00.5                | 00:00:00.500000
            LETTERS      | Foo                       | fOO
            LETTERS      | ΟΔΟΣ                      | οδος
            BARE_LETTERS | Résumé                    | RESUME
            WORDS        | black-bird                | Blackbird
            """)
    void what_the_server_takes_for_equal_is_equal(KeyForm form, String one, String other) {
        assertThat(form.of(one)).isEqualTo(form.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            NUMBERS  | 1.0            | 1.01
            NUMBERS  | 10             | 100
            NUMBERS  | 1e+20          | 1e+02
            NUMBERS  | {"a": "1.0"}   | {"a": "1.00"}
            NUMBERS  | {"a\\"": "1.0"} | {"a\\"": "1.00"}
            INTERVAL | 1 day          | 23:59:59
            INTERVAL | infinity       | -infinity
            LETTERS  | a              | ä
            """)
    void what_it_tells_apart_stays_apart(KeyForm form, String one, String other) {
        assertThat(form.of(one)).isNotEqualTo(form.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            und-u-ks-level1            | BARE_LETTERS
            und-u-ks-level2            | LETTERS
            @colStrength=secondary     | LETTERS
            de-u-ka-shifted-ks-level1  | WORDS
            de                         | COMPOSED
            """)
    void the_locale_of_a_collation_says_how_loose_it_is(String locale, KeyForm form) {
        assertThat(KeyForm.ofCollation(locale)).isEqualTo(form);
    }
}
