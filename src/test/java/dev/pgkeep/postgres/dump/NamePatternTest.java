package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.TableName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "orders         | public | orders      | true",
                "orders         | sales  | orders      | true",
                "ORDERS         | public | orders      | true",
                "orders         | public | Orders      | false",
                "\"Orders\"     | public | Orders      | true",
                "order          | public | orders      | false",
                "order*         | public | orders      | true",
                "order?         | public | orders      | true",
                "\"order?\"     | public | orders      | false",
                "sales.*        | sales  | anything    | true",
                "sales.*        | sale   | anything    | false",
                "s*.o*          | sales  | orders      | true",
                "\"a.b\"        | public | a.b         | true",
                "\"a.b\"        | a      | b           | false",
                "\"a b\".\"c d\" | a b   | c d         | true",
                "\"q\"\"q\"     | public | q\"q        | true",
                "a+b            | public | aab         | false",
                "a+b            | public | a+b         | true",
                "über           | public | über        | true",
                "db.sales.x     | sales  | x           | true"
            })
    void patterns_match_as_in_pg_dump(String pattern, String schema, String name, boolean matches) {
        assertThat(NamePattern.of(pattern).matches(new TableName(schema, name))).isEqualTo(matches);
    }
}
