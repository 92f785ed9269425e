package dev.pgkeep.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DotEnvTest {
    private static Map<String, String> parse(String text) {
        return DotEnv.parse(text, Map.of("OUTER", "outer", "B", "of the environment"))
                .values();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            A=b                       | b
            A = b                     | b
            export A=b                | b
              export   A=b            | b
            A=b c                     | b c
            A=b # comment             | b
            A=b#c                     | b#c
            A=p#ss # comment          | p#ss
            A='b # c' # comment       | b # c
            A="b # c"                 | b # c
            A=`b "x" 'y'`             | b "x" 'y'
            A="it's"                  | it's
            A='say "x"'               | say "x"
            A="say \\"x\\""           | say "x"
            A="a\\tb"                 | a\tb
            A='a\\tb'                 | a\\tb
            A="C:\\dir"               | C:\\dir
            A=${OUTER}/x              | outer/x
            A="${OUTER}/x"            | outer/x
            A='${OUTER}/x'            | ${OUTER}/x
            A=${NONE:-fallback}       | fallback
            A=x\\${OUTER}             | x${OUTER}
            A=pa$$word                | pa$$word
            A=$OUTER                  | outer
            A=$OUTER-x                | outer-x
            A="$OUTER/x"              | outer/x
            A='$OUTER'                | $OUTER
            A=x\\$OUTER               | x$OUTER
            A=5$                      | 5$
            A=$1                      | $1
            A=a=b=c                   | a=b=c
            A='unclosed               | 'unclosed
            """)
    void a_value_is_read_as_other_tools_read_it(String line, String value) {
        assertThat(parse(line + "\nLAST=1\n")).containsEntry("A", value).containsEntry("LAST", "1");
    }

    @Test
    void values_in_quotes_may_span_lines() {
        assertThat(parse("A=\"one\ntwo\\nthree\" # x\nB2='a\nb'\nC=d\n"))
                .isEqualTo(Map.of("A", "one\ntwo\nthree", "B2", "a\nb", "C", "d"));
    }

    @Test
    void references_resolve_in_the_environment_first_and_then_in_the_file() {
        assertThat(parse("USERNAME=app\nURL=postgres://${USERNAME}@${B}/${NONE}\nB=mine\n"))
                .containsEntry("URL", "postgres://app@of the environment/")
                .containsEntry("B", "mine");
    }

    @Test
    void a_reference_to_what_nobody_sets_is_told_with_its_variable() {
        String text = "A=$NONE\nB2=${NONE}\nC='$NONE'\nD=${NONE:-x}\nE=pa$$word\nEMPTY=\nF=$EMPTY\nG=$NONE\nG=x\n";
        assertThat(DotEnv.parse(text, Map.of()).unknown()).isEqualTo(Map.of("A", "NONE", "B2", "NONE"));
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_do_not_matter() {
        assertThat(parse("\uFEFFA=b\r\nexport C='d'\r\n\r\n# comment\r\nE=\r\n"))
                .isEqualTo(Map.of("A", "b", "C", "d", "E", ""));
    }

    @Test
    void lines_that_make_no_sense_are_skipped_and_the_last_of_two_wins() {
        assertThat(parse("what is this\n=x\n1A=b\nA=first\nA=second")).isEqualTo(Map.of("A", "second"));
    }
}
