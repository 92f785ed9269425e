package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back from a swap, and giving the way back up, where the database is protected. */
final class SwapProtectedIT {
    private static final String REPLACED = "3334";
    private static final String RESTORED = "5000";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void swapped() {
        shop = Shop.in(folder);
        String backup = shop.backup();
        shop.change();
        shop.done("protect");
        shop.done("restore", backup, "--swap", "--yes", "--allow-protected", "--no-safety-backup");
        assertThat(orders()).isEqualTo(RESTORED);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void going_back_wants_the_name_and_a_terminal() {
        String kept = shop.kept();
        refused(shop.ended(4, "undo", "--yes"));
        refused(shop.ended(4, "undo"));
        for (String wrong : new String[] {"yes", "", kept, shop.name() + "x"}) {
            assertThat(typed(wrong, "undo").status()).as(wrong).isEqualTo(4);
        }
        assertThat(orders()).isEqualTo(RESTORED);
        assertThat(shop.kept()).isEqualTo(kept);

        // Saying yes beforehand does not answer for the name.
        Finished done = typed(shop.name(), "undo", "--yes");
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(orders()).isEqualTo(REPLACED);
        assertThat(isMarked()).isTrue();
        refused(shop.ended(4, "undo", "--yes"));
        shop.done("undo", "--yes", "--allow-protected");
        assertThat(orders()).isEqualTo(RESTORED);
        assertThat(isMarked()).isTrue();
    }

    @LongForm
    @Test
    void giving_up_the_way_back_wants_the_name_and_a_terminal() {
        String kept = shop.kept();
        refused(shop.ended(4, "undo", "--discard", "--yes"));
        refused(shop.ended(4, "undo", "--discard"));
        for (String wrong : new String[] {"yes", kept}) {
            assertThat(typed(wrong, "undo", "--discard").status()).as(wrong).isEqualTo(4);
        }
        assertThat(shop.kept()).isEqualTo(kept);
        shop.done("undo", "--discard", "--dry-run");
        assertThat(shop.kept()).isEqualTo(kept);

        Finished done = typed(shop.name(), "undo", "--discard");
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.output()).contains("dropped 1 kept database");
        assertThat(shop.others()).isEmpty();
        assertThat(orders()).isEqualTo(RESTORED);
        assertThat(isMarked()).isTrue();
    }

    /** Dropping loses something: there either of the two is enough. Names are swapped back and forth without loss. */
    @Test
    void the_mark_of_either_of_the_two_is_enough_to_ask_before_dropping() {
        shop.done("unprotect", "--yes", "--allow-protected");
        refused(shop.ended(4, "undo", "--discard", "--yes"));
        shop.server().execute("alter database " + Shop.quoted(shop.kept()) + " reset all");
        shop.done("protect");
        refused(shop.ended(4, "undo", "--yes"));
        refused(shop.ended(4, "undo", "--discard", "--yes"));
        shop.done("unprotect", "--yes", "--allow-protected");
        shop.done("undo", "--yes");
        shop.done("undo", "--discard", "--yes");
        assertThat(orders()).isEqualTo(REPLACED);
    }

    private static void refused(Finished finished) {
        assertThat(finished.stderr())
                .contains("is protected (marked by pgkeep protect)", "no terminal", "--allow-protected --yes");
    }

    private String orders() {
        return shop.database().ask("select count(*) from orders");
    }

    private boolean isMarked() {
        return shop.database()
                .ask("select coalesce(current_setting('pgkeep.protected', true), 'off')")
                .equals("on");
    }

    private Finished typed(String answer, String... words) {
        try (var running = shop.child(words).onTerminal().start()) {
            running.waitFor("Type ");
            running.type(answer + "\n");
            return running.end();
        }
    }
}
