package dev.pgkeep.operation.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Manifest.Table;
import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartitionTotalsTest {
    private static final TableName LOG = new TableName("app", "log");

    @Test
    void partitions_are_added_up_under_their_table() {
        var orders = new Table("app", "orders", 7, 70, null);
        assertThat(PartitionTotals.folded(List.of(
                        new Table("app", "log_2025", 3, 30, LOG),
                        new Table("archive", "log_2024", -1, 20, LOG),
                        orders,
                        new Table("app", "log_2026", 4, 40, LOG))))
                .containsExactly(new Table("app", "log (3 partitions)", 7, 90, null), orders);
    }

    @Test
    void rows_that_were_left_out_stay_unknown() {
        assertThat(PartitionTotals.folded(List.of(new Table("app", "log_2025", -1, 30, LOG))))
                .containsExactly(new Table("app", "log (1 partition)", -1, 30, null));
    }
}
