package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
            assertThat(set.supports(ArchiveCompression.NONE)).isTrue();
            assertThat(set.supports(ArchiveCompression.GZIP)).isTrue();
            if (set.version().major() < 16) {
                assertThat(set.supports(ArchiveCompression.ZSTD)).isFalse();
                assertThatThrownBy(() -> set.compressOption(ArchiveCompression.ZSTD, OptionalInt.empty()))
                        .hasMessageContaining("cannot compress with zstd");
            }
        }
    }
}
