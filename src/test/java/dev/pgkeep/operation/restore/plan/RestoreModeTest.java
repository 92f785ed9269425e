package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.restore.plan.RestoreFacts.State;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.dump.NamePattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way a target gets its new content, as a table. */
final class RestoreModeTest {
    /** Rights: {@code c} creates databases, {@code o} owns the target, {@code b} stands beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // wanted                      | target  | rights | mode    | refused because
                // Rows alone go into what is there, whatever else is said.
                "own rows                      | filled  | cob    | rows    | ''",
                "own rows                      | empty   | ''     | rows    | ''",
                "own rows                      | missing | cob    | rows    | nothing_to_fill",
                "other rows                    | filled  | cob    | rows    | ''",
                "own rows swap clean           | filled  | cob    | rows    | ''",
                "own rows tables               | missing | ''     | rows    | nothing_to_fill",
                // What is missing is created, if it may be.
                "own create drop               | missing | cob    | create  | ''",
                "own create drop               | missing | ob     | create  | may_not_create",
                "other                         | missing | cob    | create  | not_to_be_created",
                "other                         | missing | ob     | create  | not_to_be_created may_not_create",
                "other create                  | missing | c      | create  | ''",
                "own create swap               | missing | cob    | create  | ''",
                "own create clean              | missing | cob    | create  | ''",
                "own create tables             | missing | cob    | create  | ''",
                "own schema tables             | missing | cob    | create  | not_to_be_created",
                // To be kept is more than to be replaced, filled or added to; its rights are looked at elsewhere.
                "own swap drop                 | filled  | cob    | replace | ''",
                "own swap drop                 | empty   | cob    | replace | ''",
                "own swap clean                | filled  | cob    | replace | ''",
                "own swap tables               | filled  | cob    | replace | ''",
                "other swap                    | empty   | ''     | replace | ''",
                "other swap                    | filled  | ob     | replace | ''",
                // Another database that is empty is filled, chosen tables or all.
                "other                         | empty   | ''     | fill    | ''",
                "other tables                  | empty   | ''     | fill    | ''",
                "other clean                   | empty   | cob    | fill    | ''",
                "other drop                    | empty   | cob    | fill    | ''",
                // Chosen tables go beside those that are there.
                "own tables                    | filled  | cob    | add     | ''",
                "own tables                    | empty   | cob    | add     | ''",
                "own tables drop               | filled  | cob    | add     | ''",
                "own schemas                   | filled  | ''     | add     | ''",
                "other tables                  | filled  | cob    | add     | ''",
                "other tables clean            | filled  | cob    | add     | ''",
                // Another database that holds something is never replaced unasked.
                "other                         | filled  | cob    | fill    | not_empty",
                "other create                  | filled  | ''     | fill    | not_empty",
                "other schema                  | filled  | cob    | fill    | not_empty",
                "other drop                    | filled  | cob    | replace | ''",
                "other drop                    | filled  | ob     | clean   | ''",
                "other clean                   | filled  | cob    | clean   | ''",
                // The own one is replaced, or emptied where that was asked for or nothing else is possible.
                "own create drop               | filled  | cob    | replace | ''",
                "own create drop               | empty   | cob    | replace | ''",
                "own                           | filled  | cob    | replace | ''",
                "own schema                    | filled  | cob    | replace | ''",
                "own clean                     | filled  | cob    | clean   | ''",
                "own clean                     | empty   | cob    | clean   | ''",
                "own create drop clean         | filled  | cob    | clean   | ''",
                "own create drop               | filled  | ob     | clean   | ''",
                "own create drop               | filled  | cb     | clean   | ''",
                "own create drop               | filled  | co     | clean   | ''",
                "own create drop               | empty   | ''     | clean   | ''",
            })
    void a_request_and_a_target_make_the_mode(
            String wanted, String target, String rights, String mode, String refusals) {
        RestoreFacts facts = facts(request(wanted), State.valueOf(target.toUpperCase(Locale.ROOT)), rights);
        RestoreMode chosen = RestoreMode.choose(facts);
        assertThat(chosen).isEqualTo(RestoreMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        assertThat(chosen.refusals(facts).stream().map(each -> each.name().toLowerCase(Locale.ROOT)))
                .containsExactlyElementsOf(refusals.isEmpty() ? List.of() : List.of(refusals.split(" ")));
    }

    @Test
    void whatever_is_given_nothing_that_holds_something_is_dropped_unasked() {
        for (RestoreFacts facts : all()) {
            RestoreRequest request = facts.request();
            Set<RestoreMode> destroying = EnumSet.of(RestoreMode.REPLACE, RestoreMode.CLEAN);
            if (destroying.contains(RestoreMode.choose(facts)) && request.elsewhere()) {
                assertThat(request.dropExisting()
                                || request.clean()
                                || request.keepOld().isPresent())
                        .as(facts.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void a_database_is_dropped_only_by_who_may_make_it_anew() {
        for (RestoreFacts facts : all()) {
            // To be kept is a wish of its own, whose rights are looked at elsewhere.
            boolean asked = facts.request().keepOld().isPresent();
            if (RestoreMode.choose(facts) == RestoreMode.REPLACE && !asked) {
                assertThat(facts.mayRecreate()).as(facts.toString()).isTrue();
            }
        }
    }

    private static List<RestoreFacts> all() {
        List<String> words = List.of("create", "drop", "clean", "tables", "swap", "rows");
        List<RestoreFacts> all = new ArrayList<>();
        for (int bits = 0; bits < 1 << words.size(); bits++) {
            for (String place : List.of("own", "other")) {
                StringBuilder wanted = new StringBuilder(place);
                for (int bit = 0; bit < words.size(); bit++) {
                    wanted.append((bits >> bit & 1) == 1 ? " " + words.get(bit) : "");
                }
                RestoreRequest request = request(wanted.toString());
                for (State target : State.values()) {
                    for (String rights : List.of("", "c", "o", "b", "co", "cb", "ob", "cob")) {
                        all.add(facts(request, target, rights));
                    }
                }
            }
        }
        return all;
    }

    private static RestoreFacts facts(RestoreRequest request, State target, String rights) {
        return new RestoreFacts(request, target, rights.contains("c"), rights.contains("o"), rights.contains("b"));
    }

    private static RestoreRequest request(String wanted) {
        RestoreRequest request = wanted.startsWith("own")
                ? RestoreRequest.whole(target())
                        .with(RestoreOption.CREATE_DATABASE, false)
                        .with(RestoreOption.DROP_EXISTING, false)
                : RestoreRequest.into(target());
        for (String word : wanted.split(" ")) {
            request = switch (word) {
                case "own", "other" -> request;
                case "create" -> request.with(RestoreOption.CREATE_DATABASE);
                case "drop" -> request.with(RestoreOption.DROP_EXISTING);
                case "clean" -> request.with(RestoreOption.CLEAN);
                case "swap" -> request.swapping(Duration.ofDays(1));
                case "rows" -> request.only(Content.DATA);
                case "schema" -> request.only(Content.SCHEMA);
                case "tables" -> request.only(List.of(NamePattern.of("orders")), List.of());
                case "schemas" -> request.only(List.of(), List.of(NamePattern.of("sales")));
                default -> throw new IllegalArgumentException(word);
            };
        }
        return request;
    }

    private static Target target() {
        return TargetReader.read("postgresql://app@localhost:5432/shop", Map.of(), Path.of("none"), "test")
                .target();
    }
}
