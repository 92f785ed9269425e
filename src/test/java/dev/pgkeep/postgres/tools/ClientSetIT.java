package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.format.manifest.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientSetIT {
    @Test
    void the_installed_sets_are_found_without_debians_wrapper() {
        var tools = ClientTools.find(Map.of("PATH", "/usr/bin:/bin"), Optional.empty());
        assertThat(tools.sets()).isNotEmpty();
        if (Files.isDirectory(Path.of("/usr/lib/postgresql"))) {
            assertThat(tools.sets()).extracting(ClientSet::folder).doesNotContain(Path.of("/usr/bin"));
        }
        assertThat(tools.broken()).isEmpty();
    }

    @Test
    void every_set_says_what_it_can_compress() {
        for (ClientSet set : ClientTools.find(Map.of(), Optional.empty()).sets()) {
            assertThat(set.supports(Compression.Method.NONE)).isTrue();
            assertThat(set.supports(Compression.Method.GZIP)).isTrue();
            if (set.version().major() < 16) {
                assertThat(set.supports(Compression.Method.ZSTD)).isFalse();
                assertThatThrownBy(() -> set.compressOption(new Compression(Compression.Method.ZSTD, null)))
                        .hasMessageContaining("cannot compress with zstd");
            }
        }
    }
}
