package dev.pgkeep.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.operation.verify.VerifyResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document of {@code verify --json}. */
final class VerifyJsonTest {
    @Test
    void states_are_words() {
        Map<VerifyResult.State, String> words = Map.of(
                VerifyResult.State.LOOKED_AT, "looked at",
                VerifyResult.State.CHECKED, "checked",
                VerifyResult.State.PROVEN, "proven",
                VerifyResult.State.DAMAGED, "damaged");
        assertThat(words).containsOnlyKeys(VerifyResult.State.values());
        words.forEach((state, word) -> {
            var result = new VerifyResult("b", state, null, 3, 5, 1.5);
            assertThat(Json.text(new VerifyJson(List.of(result), true, List.of())))
                    .containsPattern("\"state\": ?\"" + word + "\"");
        });
    }
}
