package dev.pgkeep.operation.restore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TablespaceRunsTest {
    private static final Optional<Set<String>> USABLE = Optional.of(Set.of("kept"));

    @Test
    void entries_keep_their_order_and_only_those_of_a_lost_tablespace_lie_elsewhere() {
        List<Entry> entries =
                List.of(table(1, ""), table(2, "kept"), table(3, "lost"), table(4, ""), table(5, "kept"), table(6, ""));
        assertThat(describe(TablespaceRuns.of(entries, USABLE)))
                .containsExactly("[1, 2]", "[3, 4] elsewhere", "[5, 6]");
        assertThat(describe(TablespaceRuns.of(entries, Optional.empty()))).containsExactly("[1, 2, 3, 4, 5, 6]");
        assertThat(TablespaceRuns.of(List.of(), USABLE)).isEmpty();
    }

    @Test
    void behind_the_rows_two_runs_are_enough() {
        List<Entry> entries = List.of(index(1, "kept"), index(2, "lost"), index(3, ""), index(4, "lost"));
        List<TablespaceRuns.Run> runs = TablespaceRuns.of(entries, USABLE);
        assertThat(describe(runs)).containsExactly("[2, 4] elsewhere", "[1, 3]");
        assertThat(runs.getFirst().notes()).singleElement().asString().contains("lost");
        assertThat(runs.getLast().notes()).isEmpty();
    }

    @Test
    void too_many_runs_become_one() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            entries.add(table(i, i % 2 == 0 ? "kept" : "lost"));
        }
        assertThat(TablespaceRuns.of(entries, USABLE))
                .singleElement()
                .satisfies(run -> assertThat(run.elsewhere()).isTrue());
    }

    private static List<String> describe(List<TablespaceRuns.Run> runs) {
        return runs.stream()
                .map(run -> run.entries().stream().map(Entry::id).toList() + (run.elsewhere() ? " elsewhere" : ""))
                .toList();
    }

    private static Entry table(int id, String tablespace) {
        return entry(id, "TABLE", Section.PRE_DATA, tablespace);
    }

    private static Entry index(int id, String tablespace) {
        return entry(id, "INDEX", Section.POST_DATA, tablespace);
    }

    private static Entry entry(int id, String type, Section section, String tablespace) {
        return new Entry(
                id,
                type,
                "public",
                "e" + id,
                "",
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(section),
                tablespace);
    }
}
