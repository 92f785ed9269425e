package dev.pgkeep.operation.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.operation.restore.swap.Shop;
import dev.pgkeep.operation.restore.swap.SwapChild;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.TableContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An undo that is killed at any step: the next one goes to where the first was going. */
final class UndoCrashIT {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @SuppressWarnings("NullAway.Init")
    private String backup;

    @SuppressWarnings("NullAway.Init")
    private Map<String, TableContent> then;

    @SuppressWarnings("NullAway.Init")
    private Map<String, TableContent> now;

    @BeforeEach
    void open() {
        shop = Shop.in(folder);
        backup = shop.backup();
        then = shop.content();
        shop.change();
        now = shop.content();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void whenever_an_undo_was_killed_the_next_one_goes_to_where_it_was_going() throws Exception {
        List<String> steps = Campaign.LONG
                ? List.of("first the safety", "Dumping", "Loading", "Gathering", "Exchanging", "Dropping the old")
                : List.of("Loading", "Dropping the old");
        for (String step : steps) {
            shop.done("restore", backup, "--yes");
            assertThat(shop.content()).isEqualTo(then);
            SwapChild.killedAt(shop, step, "undo", "--yes");
            shop.done("undo", "--yes");
            assertThat(shop.content()).as("killed at " + step).isEqualTo(now);
        }
    }

    @LongForm
    @Test
    void a_chain_of_killed_ones_arrives_and_the_whole_of_it_can_be_undone() throws Exception {
        shop.done("restore", backup, "--yes");
        SwapChild.killedAt(shop, "Loading", "undo", "--yes");
        assertThat(shop.content()).isEqualTo(then);
        SwapChild.killedAt(shop, "Dropping the old", "undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
        var arrived = shop.done("undo", "--yes");
        assertThat(arrived.stdout())
                .contains("this one goes on there", "The database as it was before: pgkeep restore");
        assertThat(shop.content()).isEqualTo(now);
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(then);
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
    }

    @LongForm
    @Test
    void an_undo_of_an_undo_that_was_killed_goes_on_to_where_that_was_going() throws Exception {
        shop.done("restore", backup, "--yes");
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
        SwapChild.killedAt(shop, "Loading", "undo", "--yes");
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(then);
    }

    @LongForm
    @Test
    void one_that_restores_the_whole_after_a_cleanup_still_does_when_it_goes_on() throws Exception {
        shop.done("cleanup", "--table", "later", "--where", "n = 1", "--yes", "--execute");
        SwapChild.killedAt(shop, "Loading", "undo", "--whole", "--yes");
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
    }
}
