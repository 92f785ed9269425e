package dev.pgkeep.base.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedactedTextTest {
    private static final String SECRET = "Okapi&9#/%?\"q\\ü' <x";

    RedactedTextTest() {
        KnownSecrets.add(SECRET);
    }

    @Test
    void a_secret_is_found_however_it_is_written() {
        String encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
        for (String form : List.of(
                SECRET,
                encoded,
                encoded.replace("+", "%20"),
                encoded.toLowerCase(java.util.Locale.ROOT).replace("okapi", "Okapi"),
                URLEncoder.encode(encoded, StandardCharsets.UTF_8).replace("%2B", "+"),
                SECRET.replace("\\", "\\\\").replace("\"", "\\\""),
                SECRET.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("ü", "\\u00FC")
                        .replace("/", "\\/"),
                SECRET.replace("'", "''"),
                SECRET.replace("'", "'\\''"),
                SECRET.replace("\\", "\\\\").replace("'", "\\'"),
                SECRET.replace("&", "&amp;").replace("<", "&lt;"),
                Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(Redaction.redact("a " + form + " b")).as(form).isEqualTo("a *** b");
        }
    }

    @Test
    void a_secret_is_found_wherever_the_stream_was_cut() {
        String text = "before " + SECRET + " after\nnext " + SECRET;
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                var redacted = new RedactedText();
                String out = redacted.take(text.substring(0, first))
                        + redacted.take(text.substring(first, second))
                        + redacted.take(text.substring(second))
                        + redacted.rest();
                assertThat(out).isEqualTo("before *** after\nnext ***");
            }
        }
    }

    @Test
    void a_line_without_end_is_given_out_in_parts_and_no_part_holds_a_piece_of_a_secret() {
        for (int shift = 0; shift < 50; shift++) {
            var redacted = new RedactedText();
            var out = new StringBuilder();
            var expected = new StringBuilder();
            for (int i = 0; i < 400; i++) {
                String filling = "y".repeat(150 + shift);
                out.append(redacted.take(filling + SECRET));
                expected.append(filling).append("***");
                assertThat(expected.length() - out.length()).isLessThan(17_000);
            }
            assertThat(out.append(redacted.rest()).toString()).isEqualTo(expected.toString());
        }
    }

    @Test
    void whole_lines_are_given_out_at_once() {
        var redacted = new RedactedText();
        assertThat(redacted.take("one\ntw")).isEqualTo("one\n");
        assertThat(redacted.take("o\n")).isEqualTo("two\n");
        assertThat(redacted.rest()).isEmpty();
    }

    @Test
    void variables_and_urls_are_learnt_from() {
        KnownSecrets.learn(Map.of(
                "PGPASSWORD", "kudu",
                "STRIPE_TOKEN", "oryx-live-123",
                "DEPLOY_KEY_FILE", "/run/serval/place",
                "CACHE_URL", "redis://default:ge%40nu%2Dx@cache:6379/0",
                "DSN", "host=db password='bongo antelope' user=app",
                "PRIVATE_KEY", "-----BEGIN\nimpala-line-1\nimpala-line-2\n"));
        for (String hidden :
                List.of("kudu", "oryx-live-123", "ge@nu-x", "ge%40nu%2Dx", "bongo antelope", "impala-line-2")) {
            assertThat(KnownSecrets.mask("<" + hidden + ">")).as(hidden).isEqualTo("<***>");
        }
        assertThat(KnownSecrets.mask("/run/serval/place kudus")).isEqualTo("/run/serval/place kudus");
    }

    @Test
    void what_is_too_short_or_a_name_as_well_is_hidden_where_a_password_is_expected() {
        KnownSecrets.add("abc");
        KnownSecrets.add("gerenuk");
        KnownSecrets.addName("gerenuk");
        assertThat(Redaction.redact("abc of gerenuk")).isEqualTo("abc of gerenuk");
        assertThat(Redaction.redact("PGPASSWORD=abc password=gerenuk PWD=/srv API_TOKEN=abc"))
                .isEqualTo("PGPASSWORD=*** password=*** PWD=/srv API_TOKEN=***");
        assertThat(Redaction.redact("FLYWAY_PASSWORD=gerenuk JDBC_DATABASE_PASSWORD=\"a b\" postgres://u:abc@h/d"))
                .isEqualTo("FLYWAY_PASSWORD=*** JDBC_DATABASE_PASSWORD=*** postgres://u:***@h/d");
    }
}
